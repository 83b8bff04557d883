// The audit: narrowed, checked, taken out, and proved without us.
import { writeFileSync } from "node:fs";
import { command } from "../../support/another.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";

async function auditOf(staff: Staff): Promise<Staff> {
  await staff.section("Audit").click();
  await staff.shows("Audit");
  return staff;
}

test("the audit is narrowed by who, what, to what, why and when, and the address says so", async ({ staff, linkTo }) => {
  const { id } = await linkTo("pending");
  const auditor = await auditOf(await staff("auditor"));
  const { page } = auditor;
  const entries = page.getByRole("region", { name: "Entries" });
  await page.getByRole("combobox", { name: "What" }).selectOption("link-created");
  await expect(page).toHaveURL(/act=link-created/);
  const acts = await entries.getByRole("row").getByRole("cell").filter({ hasText: /^(link created|signed in)$/ }).allTextContents();
  expect(acts.length).toBeGreaterThan(1);
  expect(new Set(acts)).toEqual(new Set(["link created"]));

  await page.getByLabel("To what").fill(`link:${id}`);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(entries.getByRole("row")).toHaveCount(2);
  await expect(entries.getByText("browser test")).toBeVisible();

  await page.getByRole("combobox", { name: "Who" }).selectOption("Vera Viewer");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await page.getByLabel("From").fill("2020-01-01");
  await page.getByLabel("To", { exact: true }).fill("2020-01-02");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await page.getByLabel("Reason").fill("browser test");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(entries.getByText("browser test").first()).toBeVisible();
});

test("the pages of the audit go there and back", async ({ staff }) => {
  const { page } = await auditOf(await staff("auditor"));
  const numbers = () => page.getByRole("region", { name: "Entries" }).getByRole("rowheader").allTextContents();
  const first = await numbers();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/older=/);
  const second = await numbers();
  expect(Number(second[0])).toBe(Number(first.at(-1)) - 1);
  await page.getByRole("link", { name: "Newer" }).click();
  expect(await numbers()).toEqual(first);
});

test("the chain is checked, and a note of its head holds against the export", async ({ staff }) => {
  const { page, ...auditor } = await auditOf(await staff("auditor"));
  void auditor;
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("Whole", { exact: true })).toBeVisible();
  await expect(page.getByText(/checked now by Ana Auditor|checked .* by Ana Auditor/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy" })).toBeVisible();
});

test("the export is verified offline, against a head that was noted, and fails when it is changed", async ({ staff }) => {
  const auditor = await auditOf(await staff("auditor"));
  const { page } = auditor;
  const head = (await page.getByRole("code").first().textContent()) ?? "";
  expect(head).toMatch(/^\d+:[0-9a-f]{64}$/);
  await page.getByText("Export", { exact: true }).click();
  const file = await auditor.download(() => page.getByRole("button", { name: "JSON lines" }).click());
  const whole = await command("audit", "verify", "--file", file.path, "--head", head);
  expect(whole.code, whole.text).toBe(0);
  writeFileSync(file.path, file.text.replace("browser test", "browser tEst"));
  const changed = await command("audit", "verify", "--file", file.path);
  expect(changed.code, changed.text).not.toBe(0);

  const csv = await auditor.download(() => page.getByRole("button", { name: "CSV for spreadsheets" }).click());
  expect(csv.name).toMatch(/^audit-\d+\.csv$/);
  expect(csv.text.split("\n")[0]).toContain("actor");
  await page.reload();
  const entries = page.getByRole("region", { name: "Entries" });
  await expect(entries.getByText("audit exported").first()).toBeVisible();
});
