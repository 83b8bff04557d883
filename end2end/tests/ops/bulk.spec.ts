// Many at once: a dry run, a receipt, and what became of each.
import { isAccessible } from "../../support/axe.ts";
import { expect, test } from "../../support/ops.ts";

test("what is ticked is tried, confirmed and done", async ({ staff }) => {
  const { page, ...rest } = await staff("operator");
  void rest;
  await page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Stopped halfway/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Stopped halfway");
  const boxes = page.getByRole("table").getByRole("checkbox", { name: /^Tick inq_/ });
  for (const index of [0, 1, 2]) await boxes.nth(index).check();
  await page.getByRole("button", { name: "Dry run…" }).click();
  await expect(page.getByRole("heading", { name: "What will happen" })).toBeVisible();
  await isAccessible(page);

  await page.getByLabel("Reason").selectOption({ index: 1 });
  await page.getByLabel("Note").fill("a try of three");
  await page.getByRole("button", { name: /^Confirm/ }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Done", { exact: true }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await isAccessible(page);
});

test("all that match are taken, however many are on the page", async ({ staff }) => {
  const { page } = await staff("operator");
  await page.getByLabel("With").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Dry run…" }).click();
  await expect(page.getByRole("heading", { name: "What will happen" })).toBeVisible();
  await page.getByRole("button", { name: "Discard the draft" }).click();
  await expect(page.getByRole("button", { name: /^Confirm/ })).toHaveCount(0);
});

test("a viewer is not offered to act on many", async ({ staff }) => {
  const { page } = await staff("viewer");
  await expect(page.getByRole("button", { name: "Dry run…" })).toHaveCount(0);
});
