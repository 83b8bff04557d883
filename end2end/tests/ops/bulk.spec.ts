// Many at once: a dry run, a receipt, and what became of each.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import type { Links } from "../../support/links.ts";
import type { Persona } from "../../support/persona.ts";

const RECENTLY = 24 * 60 * 60 + 60;

/** Expired inquiries that Leftoff knows; they are the newest of the queue. */
async function expired(persona: Persona, links: Links, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let one = 0; one < count; one += 1) {
    const { id } = await persona.seed("expired", { age_seconds: RECENTLY });
    await links.create(id);
    ids.push(id);
  }
  return ids;
}

/** Ticks inquiries in the queue and looks at what would happen. */
async function dryRun(staff: Staff, ids: string[]): Promise<void> {
  await staff.open("/ops?need=expired&order=newest");
  for (const id of ids) await staff.page.getByRole("checkbox", { name: `Tick ${id}` }).check();
  await staff.page.getByRole("button", { name: "Dry run…" }).click();
  await expect(staff.page.getByRole("heading", { name: "What will happen" })).toBeVisible();
}

async function confirm(staff: Staff): Promise<void> {
  await staff.page.getByLabel("Reason").selectOption({ index: 1 });
  await staff.page.getByLabel("Note").fill("a bulk of the tests");
  await staff.page.getByRole("button", { name: /^Confirm/ }).click();
}

/** The state beside the heading, as it follows the server. */
const state = (staff: Staff, words: string) => staff.page.getByText(words, { exact: true }).first();

const count = (staff: Staff, name: string) =>
  staff.page.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd");

test("what is ticked is tried, confirmed and done, seen without a reload", async ({ staff, persona, links }) => {
  const ids = await expired(persona, links, 3);
  const operator = await staff("operator");
  await dryRun(operator, ids);
  await isAccessible(operator.page);
  await expect(operator.page.getByRole("region", { name: "What will happen" }).getByText("3", { exact: true })).toBeVisible();
  await confirm(operator);
  await operator.isTold("Confirmed. It runs in the background; you can leave this page.");
  await expect(state(operator, "Done")).toBeVisible();
  await operator.page.reload();
  await isAccessible(operator.page);
  for (const id of ids) expect(await persona.resumes(id)).toBe(1);
});

test("results come as CSV, and links as CSV once", async ({ staff, persona, links, alarms, page }) => {
  void page;
  const ids = await expired(persona, links, 2);
  const operator = await staff("operator");
  await dryRun(operator, ids);
  await confirm(operator);
  await expect(state(operator, "Done")).toBeVisible();
  await operator.page.reload();
  const results = await operator.download(() => operator.page.getByRole("link", { name: "Download CSV" }).click());
  expect(results.text.trim().split("\n")).toHaveLength(3);
  for (const id of ids) expect(results.text).toContain(`${id},,done,resumed`);
  const take = operator.page.getByRole("button", { name: /^Take \d+ links? \(CSV\)$|^Take \d+ links \(CSV\)$/ });
  const file = await operator.download(() => take.click());
  const urls = file.text.match(/http[^,]+/g) ?? [];
  expect(urls).toHaveLength(2);
  await operator.page.reload();
  await expect(operator.page.getByRole("button", { name: "Take 0 links (CSV)" })).toBeDisabled();
  alarms.expect(answered(410));
});

test("above a number of inquiries somebody else must approve", async ({ staff, persona, links, alarms }) => {
  alarms.expect(answered(403));
  const ids = await expired(persona, links, 5);
  const operator = await staff("operator");
  await dryRun(operator, ids);
  await expect(operator.page.getByText("somebody else than who made it must approve it afterwards")).toBeVisible();
  await confirm(operator);
  await operator.isTold("Confirmed. Somebody else must approve it before it begins.");
  const approve = { name: /^Approve/ };
  await expect(operator.page.getByRole("button", approve)).toBeDisabled();
  await isAccessible(operator.page);
  const path = new URL(operator.page.url()).pathname;
  expect(await operator.post(`${path}/approve`)).not.toBe(303);
  const viewer = await staff("viewer");
  await viewer.open(path);
  await expect(viewer.page.getByRole("button", approve)).toHaveCount(0);

  const admin = await staff("admin");
  await admin.section("Bulk").click();
  await admin.page.getByRole("row").filter({ hasText: "Waits for approval" }).getByRole("link").first().click();
  await admin.page.getByRole("button", approve).click();
  await admin.isTold("Approved. It runs in the background; you can leave this page.");
  await expect(state(admin, "Done")).toBeVisible();
  for (const id of ids) expect(await persona.resumes(id)).toBe(1);
});

test("a bulk is held, goes on, and ends with everything done", async ({ staff, persona, links }) => {
  const ids = await expired(persona, links, 2);
  const operator = await staff("operator");
  await dryRun(operator, ids);
  await persona.fault({ rate_limited: { reset_seconds: 1 } }, { path_contains: "/resume" });
  await confirm(operator);
  await expect(state(operator, "Running")).toBeVisible();
  await isAccessible(operator.page);
  await operator.page.getByRole("button", { name: "Pause" }).click();
  await operator.isTold("Paused. What was under way is finished, and nothing new begins.");
  await isAccessible(operator.page);
  await expect(count(operator, "Left")).toHaveText("2");
  await persona.clearFaults();
  await operator.page.getByRole("button", { name: "Go on" }).click();
  await operator.isTold("It goes on.");
  await expect(state(operator, "Done")).toBeVisible();
  await expect(count(operator, "Done")).toHaveText("2");
});

test("the rest of a bulk is cancelled, and nothing of it happens", async ({ staff, persona, links }) => {
  const ids = await expired(persona, links, 2);
  const operator = await staff("operator");
  await dryRun(operator, ids);
  await persona.fault({ rate_limited: { reset_seconds: 1 } }, { path_contains: "/resume" });
  await confirm(operator);
  await operator.page.getByRole("button", { name: "Cancel the rest" }).click();
  await operator.isTold("Cancelled. What was done stays done.");
  await persona.clearFaults();
  for (const id of ids) expect((await persona.inquiry(id)).status).toBe("expired");
});

test("what failed is tried again in a bulk of its own", async ({ staff, persona, links }) => {
  const [first, second] = await expired(persona, links, 2);
  const operator = await staff("operator");
  await dryRun(operator, [first ?? "", second ?? ""]);
  await persona.fault({ status: { code: 422 } }, { path_contains: `${second}/resume` });
  await confirm(operator);
  await expect(state(operator, "Done")).toBeVisible();
  await operator.page.reload();
  await operator.page.getByRole("navigation", { name: "Outcomes" }).getByRole("link", { name: /^Failed/ }).click();
  await expect(operator.page.getByRole("region", { name: "Results" }).getByRole("rowheader")).toHaveText(second ?? "");
  await isAccessible(operator.page);
  await persona.clearFaults();
  await operator.page.getByRole("button", { name: "Try the failed ones again" }).click();
  await operator.isTold("Nothing has happened yet. Look at what will, and confirm it.");
  await confirm(operator);
  await expect(state(operator, "Done")).toBeVisible();
  expect((await persona.inquiry(second ?? "")).status).toBe("pending");
});

test("a receipt is void when an inquiry moved, and the page says which", async ({ staff, persona, links, alarms }) => {
  alarms.expect(answered(409));
  const [first, second] = await expired(persona, links, 2);
  const operator = await staff("operator");
  await dryRun(operator, [first ?? "", second ?? ""]);
  await links.create(second ?? "");
  await confirm(operator);
  await operator.isWarned("moved since you looked");
  await expect(operator.page.getByRole("alert").getByRole("link", { name: second ?? "" })).toBeVisible();
  await isAccessible(operator.page);
  expect(await persona.resumes(first ?? "")).toBe(0);
});

test("links of many are revoked, and many are expired", async ({ staff, persona, links }) => {
  const operator = await staff("operator");
  const ids = await expired(persona, links, 2);
  await operator.open("/ops?need=expired&order=newest");
  for (const id of ids) await operator.page.getByRole("checkbox", { name: `Tick ${id}` }).check();
  await operator.page.getByRole("combobox", { name: "Do" }).selectOption("Revoke links");
  await operator.page.getByRole("button", { name: "Dry run…" }).click();
  await confirm(operator);
  await expect(state(operator, "Done")).toBeVisible();
  await operator.open(`/ops/inquiries/${ids[0]}`);
  await expect(operator.page.getByRole("region", { name: "Links" }).getByText("Revoked")).toBeVisible();
});

test("all that match are taken, however many are on the page", async ({ staff, persona, links }) => {
  await expired(persona, links, 2);
  const { page } = await staff("operator");
  await page.getByLabel("With").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Dry run…" }).click();
  await expect(page.getByRole("heading", { name: "What will happen" })).toBeVisible();
  await page.getByRole("button", { name: "Discard the draft" }).click();
  await expect(page.getByRole("button", { name: /^Confirm/ })).toHaveCount(0);
});

test("nothing ticked is nothing done", async ({ staff }) => {
  const operator = await staff("operator");
  await operator.page.getByRole("button", { name: "Dry run…" }).click();
  await operator.isWarned("There was nothing to act on: no inquiry was ticked, or none of them is left.");
});

test("a viewer is not offered to act on many", async ({ staff }) => {
  const { page } = await staff("viewer");
  await expect(page.getByRole("button", { name: "Dry run…" })).toHaveCount(0);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});
