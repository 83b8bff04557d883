// Policies: made, tried in a dry run, turned on and off, changed, and all of them stopped at once.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { tabTo } from "../../support/keyboard.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import { everything } from "../../support/store.ts";

const DAY = 24 * 60 * 60;
/** Later than anything that another test looks at: a policy that is on does nothing meanwhile. */
const FAR = "60d";

const named = () => `Reminders ${randomBytes(3).toString("hex")}`;

/** Makes a policy by its form; gives its name and its path. */
async function make(admin: Staff, offsets = FAR, template = "Every template"): Promise<{ name: string; path: string }> {
  const name = named();
  await admin.section("Policies").click();
  await admin.page.getByRole("link", { name: "New policy" }).click();
  await admin.page.getByLabel("Name").fill(name);
  await admin.page.getByLabel("For inquiries of").selectOption(template);
  await admin.page.getByRole("textbox", { name: "When" }).fill(offsets);
  await admin.page.getByRole("button", { name: "Make the policy" }).click();
  await admin.shows(name);
  return { name, path: new URL(admin.page.url()).pathname };
}

/** The state of a policy on its own page. */
const state = (page: Page, words: string) => page.getByRole("main").getByText(words, { exact: true });

const listed = (staff: Staff, name: string) =>
  staff.page.getByRole("region", { name: "Policies" }).getByRole("row").filter({ hasText: name });

test("a policy is made, is off, and is turned on and off", async ({ staff }) => {
  const admin = await staff("admin");
  await admin.open("/ops/policies/new");
  await isAccessible(admin.page);
  const { name } = await make(admin);
  await admin.isTold("The policy is made. It is off: try it in a dry run, then turn it on.");
  await expect(state(admin.page, "Off")).toBeVisible();
  await isAccessible(admin.page);
  await admin.page.getByRole("button", { name: "Turn on" }).click();
  await admin.isTold("The policy is on. It acts on what comes due from now.");
  await expect(state(admin.page, "On")).toBeVisible();
  await isAccessible(admin.page);
  await admin.section("Policies").click();
  await expect(listed(admin, name)).toContainText(/Reminds people.*Every template.*60d.*E-mail.*On/);
  await listed(admin, name).getByRole("link", { name }).click();
  await admin.page.getByRole("button", { name: "Turn off" }).click();
  await admin.isTold("The policy is off. What waited to be sent of it was dropped.");
  await admin.section("Policies").click();
  await expect(listed(admin, name)).toContainText("Off");
});

test("a form that makes no sense is shown again, with what is wrong and what was typed", async ({ staff, alarms }) => {
  alarms.expect(answered(422));
  const admin = await staff("admin");
  await admin.open("/ops/policies/new");
  const { page } = admin;
  await page.getByLabel("Name").fill("Of no sense");
  await page.getByRole("radio", { name: "Opens expired inquiries again" }).check();
  await page.getByRole("textbox", { name: "When" }).fill("sometimes");
  await page.getByLabel("Time zone").fill("Nowhere/Land");
  await page.getByRole("button", { name: "Make the policy" }).click();
  await admin.isWarned("Nothing was saved.");
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveCount(2);
  await expect(page.getByLabel("Name")).toHaveValue("Of no sense");
  await expect(page.getByRole("radio", { name: "Opens expired inquiries again" })).toBeChecked();
  await expect(page.getByLabel("Time zone")).toHaveValue("Nowhere/Land");
  await isAccessible(page);
  await admin.section("Policies").click();
  await expect(listed(admin, "Of no sense")).toHaveCount(0);
});

test("a dry run tells what a policy would have done, and does nothing", async ({ staff, persona, linkTo }) => {
  const admin = await staff("admin");
  await admin.open("/ops/policies/new");
  // No other test makes inquiries of this template, so the list is short.
  const template = await admin.page.getByRole("option", { name: "Business owner" }).getAttribute("value");
  // By the clock of Leftoff it was made two days ago, however far tests moved Persona's.
  const age_seconds = (await persona.ahead()) + 2 * DAY;
  const { inquiry } = await linkTo("pending", { age_seconds, template: template ?? "" });
  await persona.setStatus(inquiry, "pending");
  await make(admin, "1d, 3d", "Business owner");
  const before = everything(inquiry);
  const asked = (await persona.requests()).length;
  await admin.page.getByRole("link", { name: "Dry run" }).click();
  await expect(admin.page.getByRole("heading", { level: 1, name: /^Dry run of Reminders/ })).toBeVisible();
  const would = admin.page.getByRole("region", { name: "What it would have done" });
  await expect(would.getByRole("row").filter({ hasText: inquiry })).toContainText("A message");
  await isAccessible(admin.page);
  expect(everything(inquiry)).toBe(before);
  expect((await persona.requests()).length).toBe(asked);
  const operator = await staff("operator");
  await operator.open(new URL(admin.page.url()).pathname);
  await expect(would).toBeVisible();
});

test("a policy is changed, but not over what somebody else changed", async ({ staff, alarms }) => {
  alarms.expect(answered(422));
  const first = await staff("admin");
  const { name, path } = await make(first);
  const second = await staff("admin");
  for (const admin of [first, second]) await admin.open(`${path}/edit`);
  await isAccessible(first.page);
  await expect(first.page.getByLabel("Name")).toHaveValue(name);
  await first.page.getByLabel("In seven days").fill("1");
  await first.page.getByRole("button", { name: "Save" }).click();
  await first.isTold("The policy is changed.");
  await expect(first.page.getByText("1 a week, 5 in all")).toBeVisible();

  await second.page.getByLabel("In all").fill("7");
  await second.page.getByRole("button", { name: "Save" }).click();
  await second.isWarned("Somebody changed this policy meanwhile.");
  await expect(second.page.getByLabel("In all")).toHaveValue("7");
  await second.page.getByRole("button", { name: "Save" }).click();
  await second.isTold("The policy is changed.");
  await expect(second.page.getByText("2 a week, 7 in all")).toBeVisible();
});

test("one switch stops all policies, and lets them act again", async ({ staff }) => {
  const admin = await staff("admin");
  const { name, path } = await make(admin);
  await admin.page.getByRole("button", { name: "Turn on" }).click();
  await admin.section("Policies").click();
  try {
    await admin.page.getByRole("button", { name: "Stop all policies" }).click();
    await admin.isTold("All policies are stopped. What waited to be sent of them was dropped.");
    await expect(admin.page.getByRole("heading", { name: "All policies are stopped" })).toBeVisible();
    await expect(listed(admin, name)).toContainText("Stopped");
    await isAccessible(admin.page);
    const operator = await staff("operator");
    await operator.open("/ops/policies");
    await operator.isNotFor("Let policies act again", "admin");
    await admin.open(path);
    await expect(admin.page.getByText("All policies are stopped, so it does nothing.")).toBeVisible();
    await isAccessible(admin.page);
    await admin.page.getByRole("link", { name: "The switch" }).click();
    await admin.page.getByRole("button", { name: "Let policies act again" }).click();
    await admin.isTold("Policies that are on act again.");
    await expect(listed(admin, name)).toContainText("On");
  } finally {
    await admin.post("/ops/policies/switch", { to: "release" });
    await admin.post(`${path}/state`, { to: "off" });
  }
});

test("what a policy did is listed, each with what came of it", async ({ staff }) => {
  const auditor = await staff("auditor");
  await auditor.section("Policies").click();
  await listed(auditor, "Remind drivers").getByRole("link").click();
  await auditor.shows("Remind drivers");
  const did = auditor.page.getByRole("region", { name: "What it did" });
  await expect(did.getByText("Message made").first()).toBeVisible();
  await isAccessible(auditor.page);
  const inquiry = did.getByRole("link", { name: /^inq_/ }).first();
  const id = (await inquiry.textContent()) ?? "";
  await inquiry.click();
  await auditor.shows(id);
});

for (const role of ["operator", "auditor"] as const) {
  test(`the ${role} sees policies, and buttons that say whose they are`, async ({ staff }) => {
    const admin = await staff("admin");
    const { name, path } = await make(admin);
    const somebody = await staff(role);
    await somebody.section("Policies").click();
    await somebody.isNotFor("New policy", "admin");
    await somebody.isNotFor("Stop all policies", "admin");
    await listed(somebody, name).getByRole("link", { name }).click();
    await somebody.isNotFor("Turn on", "admin");
    await somebody.isNotFor("Change", "admin");
    for (const act of ["edit", "state"]) expect(await somebody.post(`${path}/${act}`, { to: "on" }), act).toBe(403);
    expect(await somebody.post("/ops/policies/new", { name: "Of nobody" })).toBe(403);
    expect(await somebody.post("/ops/policies/switch", { to: "stop" })).toBe(403);
    await somebody.page.reload();
    await expect(state(somebody.page, "Off")).toBeVisible();
  });
}

test("a policy that nobody knows is told to be unknown", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const admin = await staff("admin");
  await admin.open("/ops/policies/nothing");
  await expect(admin.page.getByText("There is no such policy.")).toBeVisible();
  await isAccessible(admin.page);
});

test("a policy is made by keyboard alone", async ({ staff }) => {
  const admin = await staff("admin");
  await admin.open("/ops/policies/new");
  const { page } = admin;
  const name = named();
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole("radio", { name: "Reminds people" }));
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "Opens expired inquiries again" })).toBeChecked();
  const when = page.getByRole("textbox", { name: "When" });
  await tabTo(page, when);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(FAR);
  await tabTo(page, page.getByRole("button", { name: "Make the policy" }));
  await page.keyboard.press("Enter");
  await admin.shows(name);
  await expect(page.getByText("60d after it expires")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a policy is made, tried, turned on, changed and turned off", async ({ staff }) => {
    const admin = await staff("admin");
    const { name } = await make(admin);
    await admin.page.getByRole("link", { name: "Dry run" }).click();
    await admin.shows(`Dry run of ${name}`);
    await admin.page.getByRole("link", { name: "Back to the policy" }).click();
    await admin.page.getByRole("button", { name: "Turn on" }).click();
    await admin.isTold("The policy is on. It acts on what comes due from now.");
    await admin.page.getByRole("link", { name: "Change" }).click();
    await admin.page.getByLabel("Messages go by").selectOption("Short message");
    await admin.page.getByRole("button", { name: "Save" }).click();
    await admin.isTold("The policy is changed.");
    await admin.page.getByRole("button", { name: "Turn off" }).click();
    await admin.isTold("The policy is off. What waited to be sent of it was dropped.");
  });
});
