// What changes is seen without a reload.
import { expect, test } from "../../support/ops.ts";

test("the counts of the queue follow what others do", async ({ staff, linkTo }) => {
  const { inquiry } = await linkTo("pending");
  const viewer = await staff("viewer");
  const tab = viewer.page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Expired/ });
  const count = async () => Number((await tab.textContent())?.replace(/\D/g, ""));
  const before = await count();
  let reloads = 0;
  viewer.page.on("framenavigated", () => (reloads += 1));

  const operator = await staff("operator");
  await operator.open(`/ops/inquiries/${inquiry}/expire`);
  await operator.page.getByLabel("Reason").selectOption("Made by mistake");
  await operator.page.getByRole("button", { name: "Expire the inquiry" }).click();
  await operator.isTold("The inquiry is expired. A link resumes it.");
  await expect.poll(count).toBe(before + 1);
  expect(reloads).toBe(0);
});
