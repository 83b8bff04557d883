// What the staff does with one inquiry, beside resuming it.
import { writeFileSync } from "node:fs";
import { answered } from "../../support/alarms.ts";
import { command } from "../../support/another.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import { Portal } from "../../support/portal.ts";
import { events } from "../../support/store.ts";

const LOST = "The verification lost its connection to you. Press the button to go on where you left off.";

async function opened(staff: Staff, inquiry: string): Promise<void> {
  await staff.open(`/ops/inquiries/${inquiry}`);
  await expect(staff.page.getByRole("heading", { level: 1 })).toHaveText(inquiry);
}

test("refreshing shows what Persona says now", async ({ staff, persona, linkTo }) => {
  const { inquiry } = await linkTo("pending");
  const operator = await staff("operator");
  await opened(operator, inquiry);
  await persona.setStatus(inquiry, "approved");
  await operator.page.getByRole("button", { name: "Refresh" }).click();
  await operator.isTold("Read from Persona again.");
  await expect(operator.page.getByText("Approved", { exact: true })).toBeVisible();
  await expect(operator.page.getByText("there is nothing to resume or to end")).toBeVisible();
  await expect(operator.page.getByRole("button", { name: "Make a link" })).toHaveCount(0);
});

test("a Persona that does not answer is told, and nothing changes", async ({ staff, persona, linkTo, alarms }) => {
  alarms.expect(answered(503));
  const { inquiry } = await linkTo("pending");
  const operator = await staff("operator");
  await opened(operator, inquiry);
  await persona.fault({ status: { code: 500 } }, { inquiry });
  await operator.page.getByRole("button", { name: "Refresh" }).click();
  await operator.shows("Persona does not answer");
  await isAccessible(operator.page);
  expect(events(inquiry)).toEqual(["link-created"]);
});

test("the devices of the sessions are shown, and live ones can be ended", async ({
  staff,
  persona,
  linkTo,
  page,
  alarms,
}) => {
  alarms.expect(answered(409));
  const link = await linkTo("pending");
  const person = new Portal(page);
  await person.open(link.url);
  await person.start();
  const operator = await staff("operator");
  await opened(operator, link.inquiry);
  await operator.page.getByRole("link", { name: "Ask Persona for their devices" }).click();
  const sessions = operator.page.getByRole("region", { name: "Sessions" });
  await expect(sessions.getByText("Active")).toBeVisible();
  await isAccessible(operator.page);

  await operator.page.getByText("End live sessions…").click();
  const form = operator.page.getByRole("group").filter({ has: operator.page.getByText("End live sessions…") });
  await form.getByLabel("Reason").selectOption("Suspected misuse");
  await form.getByRole("button", { name: "End the sessions" }).click();
  await operator.isTold("The live sessions are ended. The links still work.");
  await expect(operator.page.getByText("Sessions ended")).toBeVisible();
  expect((await persona.inquiry(link.inquiry)).sessions.map(({ status }) => status)).not.toContain("active");

  await person.press("Finish");
  await person.says(LOST);
  await person.finish();
  await person.shows("You are done");
});

test("an inquiry is expired only after a question", async ({ staff, persona, linkTo }) => {
  const { inquiry } = await linkTo("pending");
  const operator = await staff("operator");
  await opened(operator, inquiry);
  const ask = operator.page.getByRole("link", { name: "Expire the inquiry…" });
  await ask.click();
  await operator.shows("Expire this inquiry?");
  await isAccessible(operator.page);
  await operator.page.getByRole("link", { name: "Keep it" }).click();
  expect((await persona.inquiry(inquiry)).status).toBe("pending");

  await ask.click();
  await operator.page.getByLabel("Reason").selectOption("No longer needed");
  await operator.page.getByRole("button", { name: "Expire the inquiry" }).click();
  await operator.isTold("The inquiry is expired. A link resumes it.");
  expect((await persona.inquiry(inquiry)).status).toBe("expired");
  await expect(ask).toHaveCount(0);
});

test("a link is revoked only after a question, and whoever opens it is told", async ({
  staff,
  linkTo,
  page,
  alarms,
}) => {
  alarms.expect(answered(400));
  alarms.expect(answered(410));
  const link = await linkTo("pending");
  const operator = await staff("operator");
  await opened(operator, link.inquiry);
  await operator.page.getByRole("link", { name: /^Revoke link/ }).click();
  await operator.shows("Revoke this link?");
  await isAccessible(operator.page);
  await operator.page.getByLabel("Reason").selectOption("Something else");
  await operator.page.getByRole("button", { name: "Revoke for good" }).click();
  await operator.isWarned("Say in the note what the reason is.");
  await operator.page.getByLabel("Note (optional)").fill("Read aloud on the phone");
  await operator.page.getByRole("button", { name: "Revoke for good" }).click();
  await operator.isTold("The link and its hand-offs are revoked. Whoever opens them is told so.");
  await expect(operator.page.getByRole("region", { name: "Links" }).getByText("Revoked")).toBeVisible();
  const person = new Portal(page);
  await person.page.goto(link.url);
  await person.shows("This link is no longer valid");
});

test("the evidence proves itself without us, and no longer when a letter of it is changed", async ({ staff, linkTo }) => {
  const { inquiry } = await linkTo("expired");
  const auditor = await staff("auditor");
  await opened(auditor, inquiry);
  const link = auditor.page.getByRole("link", { name: "Evidence" });
  const file = await auditor.download(() => link.click());
  expect(file.name).toBe(`evidence-${inquiry}.json`);
  const whole = await command("audit", "verify", "--file", file.path);
  expect(whole.code, whole.text).toBe(0);
  expect(file.text).toContain("browser test");
  writeFileSync(file.path, file.text.replace("browser test", "browser tEst"));
  const changed = await command("audit", "verify", "--file", file.path);
  expect(changed.code, changed.text).not.toBe(0);
});

test("an inquiry that nobody knows is told so", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const viewer = await staff("viewer");
  await viewer.open("/ops/inquiries/inq_nobodyknowsthisone");
  await viewer.shows("There is nothing here");
  await isAccessible(viewer.page);
});
