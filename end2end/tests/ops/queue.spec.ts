// The queue: found, narrowed, saved, by mouse and by keyboard.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, test } from "../../support/ops.ts";
import { demoLink } from "../../support/run.ts";

test("the queue lists an expired inquiry and leads to it", async ({ staff }) => {
  const { page, ...viewer } = await staff("viewer");
  void viewer;
  await page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Expired/ }).click();
  await expect(page).toHaveURL(/need=expired/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Expired");
  const first = page.getByRole("table").getByRole("link", { name: /^inq_/ }).first();
  const inquiry = await first.textContent();
  await first.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(inquiry ?? "");
});

test("a filter that is picked is applied at once and stands in the address", async ({ staff }) => {
  const { page } = await staff("viewer");
  await page.getByLabel("Sessions used").selectOption("All 25");
  await expect(page).toHaveURL(/sessions=25/);
  await expect(page.getByText(demoLink("locked-out").inquiry)).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/sessions/);
});

test("an inquiry is found by its ID, and what is not there is said", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const viewer = await staff("viewer");
  const { inquiry, url } = demoLink("expired");
  for (const text of [inquiry, url, "demo-expired"]) {
    await viewer.find(text);
    await expect(viewer.page).toHaveURL(new RegExp(`/ops/inquiries/${inquiry}$`));
  }
  await viewer.find("nothing-of-this-name");
  await expect(viewer.page.getByRole("heading", { name: "Nothing was found" })).toBeVisible();
});

test("a view is saved, opened and forgotten", async ({ staff }) => {
  const { page } = await staff("operator");
  await page.getByLabel("Last contact").selectOption({ index: 1 });
  await expect(page).toHaveURL(/quiet=24/);
  await page.getByText("Save this view").click();
  await page.getByLabel("Name").fill("Quiet ones");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const views = page.getByRole("navigation", { name: "Saved views" });
  await page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Expired/ }).click();
  await views.getByRole("link", { name: "Quiet ones" }).click();
  await expect(page).toHaveURL(/quiet=24/);
  await views.getByRole("button", { name: "Forget the view Quiet ones" }).click();
  await expect(views.getByRole("link", { name: "Quiet ones" })).toHaveCount(0);
});

test("the queue is accessible, full and empty", async ({ staff }) => {
  const viewer = await staff("viewer");
  await isAccessible(viewer.page);
  await viewer.open("/ops?template=none");
  await expect(viewer.page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await isAccessible(viewer.page);
});
