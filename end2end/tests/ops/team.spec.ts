// The team: somebody is added, given another role, shut out, let in, and given a new password.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import { demoAccount } from "../../support/run.ts";
import { ageProofs } from "../../support/store.ts";

interface Person {
  name: string;
  email: string;
  password: string;
}

/** The password that a page shows this once. */
async function shownOnce(page: Page): Promise<string> {
  return (await page.getByRole("code").textContent()) ?? "";
}

async function add(admin: Staff, role: string): Promise<Person> {
  const mark = randomBytes(4).toString("hex");
  const [name, email] = [`Nora ${mark}`, `nora.${mark}@example.com`];
  await admin.section("Team").click();
  await admin.page.getByRole("link", { name: "Add somebody" }).click();
  await admin.page.getByLabel("Name").fill(name);
  await admin.page.getByLabel("E-mail address").fill(email);
  await admin.page.getByLabel("Role").selectOption(role);
  await admin.page.getByRole("button", { name: "Add" }).click();
  await admin.shows(name);
  return { name, email, password: await shownOnce(admin.page) };
}

async function manage(admin: Staff, name: string): Promise<void> {
  await admin.section("Team").click();
  await admin.page.getByRole("link", { name, exact: true }).click();
  await admin.page.getByRole("link", { name: "Manage" }).click();
  await admin.shows(`Manage ${name}`);
}

async function signIn(somebody: Staff, { email, password }: Person): Promise<void> {
  await somebody.open("/ops");
  await somebody.signInAs(email, password);
  await somebody.shows("Queue");
}

test("somebody who was added signs in with the password that was shown once", async ({ staff, another }) => {
  const admin = await staff("admin");
  await admin.open("/ops/team/new");
  await isAccessible(admin.page);
  const nora = await add(admin, "viewer");
  await isAccessible(admin.page);
  await admin.page.getByRole("link", { name: "Go to their page" }).click();
  await expect(admin.page.getByText(nora.password)).toHaveCount(0);
  await isAccessible(admin.page);
  const browser = await another();
  await signIn(browser, nora);
  await expect(browser.page.getByText(nora.name)).toBeVisible();
});

test("nobody is added twice", async ({ staff, alarms }) => {
  alarms.expect(answered(422));
  const admin = await staff("admin");
  await admin.open("/ops/team/new");
  await admin.page.getByLabel("Name").fill("Vera Again");
  await admin.page.getByLabel("E-mail address").fill(demoAccount("viewer").email);
  await admin.page.getByRole("button", { name: "Add" }).click();
  await admin.isWarned("somebody has this e-mail address already");
  await expect(admin.page.getByLabel("Name")).toHaveValue("Vera Again");
});

test("another role holds at once", async ({ staff, another }) => {
  const admin = await staff("admin");
  const nora = await add(admin, "viewer");
  const browser = await another();
  await signIn(browser, nora);
  await expect(browser.section("Audit")).toHaveCount(0);
  await manage(admin, nora.name);
  await isAccessible(admin.page);
  await admin.page.getByRole("combobox", { name: "Role" }).selectOption("auditor");
  await admin.page.getByRole("button", { name: "Change the role" }).click();
  await admin.isTold("The role is changed.");
  await browser.page.reload();
  await browser.section("Audit").click();
  await browser.shows("Audit");
});

test("who is shut out is out at once, and in again when let in", async ({ staff, another, alarms }) => {
  alarms.expect(answered(401));
  const admin = await staff("admin");
  const nora = await add(admin, "operator");
  const browser = await another();
  await signIn(browser, nora);
  await manage(admin, nora.name);
  await admin.page.getByRole("button", { name: "Shut out" }).click();
  await admin.isTold("They are shut out, and every session of theirs has ended.");
  await browser.section("Bulk").click();
  await browser.shows("Sign in");
  await browser.signInAs(nora.email, nora.password);
  await browser.isWarned("The address or the password is wrong.");
  await admin.page.getByRole("button", { name: "Let in again" }).click();
  await admin.isTold("They may sign in again.");
  await signIn(browser, nora);
});

test("a new password makes the old one worthless and ends every session", async ({ staff, another, alarms }) => {
  alarms.expect(answered(401));
  const admin = await staff("admin");
  const nora = await add(admin, "viewer");
  const browser = await another();
  await signIn(browser, nora);
  await manage(admin, nora.name);
  await admin.page.getByRole("button", { name: "Make a new password" }).click();
  const password = await shownOnce(admin.page);
  expect(password).not.toBe(nora.password);
  await browser.page.reload();
  await browser.shows("Sign in");
  await browser.signInAs(nora.email, nora.password);
  await browser.isWarned("The address or the password is wrong.");
  await signIn(browser, { ...nora, password });
});

test("one session of somebody is ended, and then all of them", async ({ staff, another }) => {
  const admin = await staff("admin");
  const nora = await add(admin, "viewer");
  const browsers = [await another(), await another()];
  for (const browser of browsers) await signIn(browser, nora);
  await manage(admin, nora.name);
  const sessions = admin.page.getByRole("region", { name: "Sessions" }).getByRole("row");
  await expect(sessions).toHaveCount(3);
  await admin.page.getByRole("button", { name: /^End the session in/ }).first().click();
  await admin.isTold("The session has ended.");
  await expect(sessions).toHaveCount(2);
  await admin.page.getByRole("button", { name: "End every session" }).click();
  await admin.isTold("Every session has ended.");
  for (const browser of browsers) {
    await browser.page.reload();
    await browser.shows("Sign in");
  }
});

test("the last admin stays one", async ({ staff, alarms }) => {
  alarms.expect(answered(409));
  const admin = await staff("admin");
  await manage(admin, "Ada Admin");
  await admin.page.getByRole("combobox", { name: "Role" }).selectOption("viewer");
  await admin.page.getByRole("button", { name: "Change the role" }).click();
  await admin.isWarned("the last admin must stay one");
});

test("after a while an admin proves again who acts", async ({ staff, alarms }) => {
  alarms.expect(answered(401));
  const admin = await staff("admin");
  await admin.section("Team").click();
  ageProofs();
  await admin.page.getByRole("link", { name: "Add somebody" }).click();
  await admin.shows("Confirm that it is you");
  await isAccessible(admin.page);
  await admin.page.getByLabel("Your password again").fill("something else");
  await admin.page.getByRole("button", { name: "Go on" }).click();
  await admin.isWarned("This password is wrong.");
  ageProofs();
  expect(await admin.post("/ops/team/new", { name: "Eve", email: "eve@example.com", role: "admin" })).toBe(303);
  await admin.page.getByLabel("Your password again").fill(demoAccount("admin").password);
  await admin.page.getByRole("button", { name: "Go on" }).click();
  await admin.shows("Add somebody");
  await admin.section("Team").click();
  await expect(admin.page.getByText("eve@example.com")).toHaveCount(0);
});

test("an auditor sees the team, and buttons that say whose they are", async ({ staff }) => {
  const auditor = await staff("auditor");
  await auditor.section("Team").click();
  await expect(auditor.page.getByRole("button", { name: "Add somebody" })).toBeDisabled();
  await expect(auditor.page.getByRole("button", { name: "Add somebody" })).toHaveAttribute("title", /takes the role admin/);
  await auditor.page.getByRole("link", { name: "Otto Operator" }).click();
  await expect(auditor.page.getByRole("button", { name: "Manage" })).toBeDisabled();
  await auditor.page.getByRole("link", { name: "What they did" }).click();
  await auditor.shows("Audit");
  await expect(auditor.page.getByRole("combobox", { name: "Who" })).toHaveValue(/^staff:/);
});
