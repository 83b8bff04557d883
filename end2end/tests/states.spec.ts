// Where an inquiry may stand when its link is used.
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { events } from "../support/store.ts";

test("a pending inquiry whose session is lost goes on where it was left", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  await expect(portal.frame.getByRole("button", { name: "Start verification" })).toBeHidden();
  await portal.press("Finish");
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(1);
});

test("an inquiry that was never started opens without a token", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("created", { ended_sessions: 0 });
  const opening = portal.page.waitForResponse("**/api/resume_inquiry");
  await portal.open(link.url);
  await portal.start();
  expect(await (await opening).json()).toMatchObject({ "session-token": null });
  await portal.press("Start verification");
  await portal.press("Finish");
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(0);
});

test("a page that was left open for 25 hours still works", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("pending");
  await portal.open(link.url);
  await persona.advanceHours(25);
  expect((await persona.inquiry(link.inquiry)).status).toBe("expired");
  await portal.finish();
  await portal.shows("You are done");
});

test("a flow that was left open for 25 hours says so and goes on after one press", async ({
  portal,
  persona,
  linkTo,
  alarms,
}) => {
  alarms.expect(answered(409));
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  await persona.advanceHours(25);
  await portal.press("Finish");
  await portal.says("The verification lost its connection to you. Press the button to go on where you left off.");
  await portal.finish();
  await portal.shows("You are done");
});

test("an inquiry that was finished elsewhere meanwhile shows its outcome", async ({
  portal,
  persona,
  linkTo,
  alarms,
}) => {
  alarms.expect(answered(409));
  const link = await linkTo("pending");
  await portal.open(link.url);
  await persona.setStatus(link.inquiry, "approved");
  await portal.continue.click();
  await portal.shows("You are verified");
});

test("who cancels and continues gets the same session", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await portal.press("Cancel");
  await portal.says("You left the verification. What you have done is kept; continue whenever you like.");
  await expect(portal.dialog).toBeHidden();

  await portal.finish();
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(1);
  expect(events(link.inquiry)).toEqual([
    "link-created",
    "resumed",
    "flow-ready",
    "cancelled",
    "reopened",
    "verified",
  ]);
});

test("an inquiry whose sessions are used up says that it cannot be continued", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const link = await linkTo("pending", { ended_sessions: 25 });
  await portal.open(link.url);
  await portal.continue.click();
  await portal.shows("This verification cannot be continued");
});

test("the link's owner may take it back while the page is open", async ({ portal, links, linkTo, alarms }) => {
  alarms.expect(answered(410));
  const link = await linkTo("pending");
  await portal.open(link.url);
  await links.revoke(link);
  await portal.continue.click();
  await portal.shows("This link is no longer valid");
});

test("a page in Spanish stays Spanish through the whole path", async ({ device, linkTo }) => {
  const portal = await device({ locale: "en" });
  const link = await linkTo("pending", { locale: "es" });
  await portal.page.goto(link.url);
  await portal.shows("Continúe su verificación");
  await portal.page.getByRole("link", { name: "English" }).click();
  await portal.shows("Continue your verification");
});
