// The staff's main job: find who is stuck, resume them, hand out the link.
import type { Locator, Page } from "@playwright/test";
import { answered } from "../../support/alarms.ts";
import { expect, test } from "../../support/ops.ts";
import { Portal } from "../../support/portal.ts";
import { demoAccount, demoLink } from "../../support/run.ts";

const MOST_STOPS = 60;

/** Presses Tab until the target has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element.ownerDocument.activeElement === element)) return;
  }
  throw new Error("the keyboard does not get there");
}

test("an operator makes a link, and the person finishes with it", async ({ staff, persona, page, alarms }) => {
  // The search answers so until the import has come to it.
  alarms.expect(/ 404 \(Not Found\) \(\/ops\/search\)$/);
  const { id } = await persona.seed("expired", { reference_id: "customer-for-the-main-job" });
  const operator = await staff("operator");
  await operator.open("/ops/import");
  await operator.page.getByRole("button", { name: "Start an import" }).click();
  await expect(async () => {
    await operator.find("customer-for-the-main-job");
    await expect(operator.page).toHaveURL(new RegExp(`/ops/inquiries/${id}$`));
  }).toPass();
  const url = await operator.makeLink();
  const portal = new Portal(page);
  await portal.open(url);
  await portal.finish();
  await portal.shows("You are done");
  await operator.open(`/ops/inquiries/${id}`);
  await expect(operator.page.getByText("customer-for-the-main-job").first()).toBeVisible();
  await expect(operator.page.getByText(/completed/i).first()).toBeVisible();
});

test("the whole path by keyboard: sign in, find, resume, copy the link", async ({ stranger, browserName, context }) => {
  void browserName;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = stranger;
  const { email, password } = demoAccount("operator");
  await stranger.open("/ops");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await stranger.shows("Queue");
  await tabTo(page, page.getByRole("searchbox", { name: "Find an inquiry" }));
  await page.keyboard.type(demoLink("pending").inquiry);
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Reason").first());
  await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByLabel("Note").first());
  await page.keyboard.type("by keyboard");
  await tabTo(page, page.getByRole("button", { name: "Make a link" }));
  await page.keyboard.press("Enter");
  const copy = page.getByRole("button", { name: /^Copy/ }).first();
  await expect(copy).toBeVisible();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  await tabTo(page, copy);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test("of two operators on the same inquiry, the second is told what the first did", async ({ staff, alarms }) => {
  alarms.expect(answered(409));
  const [first, second] = [await staff("operator"), await staff("admin")];
  for (const somebody of [first, second]) await somebody.open(`/ops/inquiries/${demoLink("created").inquiry}`);
  await first.makeLink();
  await second.page.getByLabel("Reason").first().selectOption({ index: 1 });
  await second.page.getByLabel("Note").first().fill("did not know of the other");
  await second.page.getByRole("button", { name: "Make a link" }).click();
  await expect(second.page.getByText(/Otto Operator/).first()).toBeVisible();
  await expect(second.page.getByLabel("Note").first()).toHaveValue("did not know of the other");
});

test("a viewer is told why they cannot act", async ({ staff }) => {
  const viewer = await staff("viewer");
  await viewer.open(`/ops/inquiries/${demoLink("expired").inquiry}`);
  await expect(viewer.page.getByText(/takes the role operator or admin/)).toBeVisible();
  await expect(viewer.page.getByRole("button", { name: "Make a link" })).toHaveCount(0);
});
