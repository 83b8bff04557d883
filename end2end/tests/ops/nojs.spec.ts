// The staff's main job without JavaScript.
import { answered } from "../../support/alarms.ts";
import { expect, test } from "../../support/ops.ts";

test.use({ javaScriptEnabled: false });

test("find, filter, resume, refresh, expire: all by forms and links", async ({ staff, linkTo, persona }) => {
  const { inquiry } = await linkTo("expired", { reference_id: "without-javascript" });
  const operator = await staff("operator");
  const { page } = operator;
  await page.getByLabel("Sessions used").selectOption("All 25");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/sessions=25/);
  await operator.find("without-javascript");
  await expect(page).toHaveURL(new RegExp(`/ops/inquiries/${inquiry}$`));
  const url = await operator.makeLink();
  expect(url).toMatch(/\/r\/[\w-]{43}$/);
  await page.getByRole("link", { name: "Back to the inquiry" }).click();
  await page.getByRole("button", { name: "Refresh" }).click();
  await operator.isTold("Read from Persona again.");
  expect((await persona.inquiry(inquiry)).status).toBe("expired");
});

test("what stands in the way is told as well", async ({ staff, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const { inquiry } = await linkTo("expired");
  const [first, second] = [await staff("operator"), await staff("admin")];
  for (const somebody of [first, second]) await somebody.open(`/ops/inquiries/${inquiry}`);
  await first.makeLink();
  await second.page.getByLabel("Reason").first().selectOption({ index: 1 });
  await second.page.getByLabel("Note").first().fill("did not know of the other");
  await second.page.getByRole("button", { name: "Make a link" }).click();
  await second.isWarned("This inquiry changed since you opened it, so nothing was done.");
});
