// What goes wrong inside Persona's flow, or on its way into the page.
import { answered, unreachable } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { events } from "../support/store.ts";

const stalled = "This takes longer than it should. You can wait, or use one of the other ways.";
const blocked =
  "Your browser did not let the verification start. Turn off content blockers for this page, or use one of the other ways below.";

test("a lost session is replaced by a new one", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await portal.press("Lose the session");
  await portal.says("The verification lost its connection to you. Press the button to go on where you left off.");
  await expect(portal.dialog).toBeHidden();
  await expect.poll(() => events(link.inquiry)).toContain("session-lost");
  await portal.finish();
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(2);
});

test("an error of the flow leaves two ways on", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await portal.press("Report an error");
  await portal.says(
    "The verification stopped because of an error. Please try again, or use one of the other ways below.",
  );
  await expect(portal.dialog).toBeHidden();
  await expect(portal.way("Open on a full page")).toBeVisible();
  await expect(portal.way("Continue on your phone")).toBeVisible();
  await portal.finish();
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(2);
});

test("without a camera the flow stays and the phone is offered", async ({ portal, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await portal.press("Deny the camera");
  await portal.saysInDialog(
    "The camera could not be used. Allow it in your browser's settings and try again, or continue on your phone.",
  );
  await expect.poll(() => events(link.inquiry)).toContain("camera-denied");
  await portal.dialog.getByRole("button", { name: "Continue on your phone" }).click();
  await expect(portal.page.getByRole("img", { name: "QR code that opens your verification on a phone" })).toBeVisible();
});

test("a blocked script leaves the full page, and that works", async ({ portal, linkTo, alarms }) => {
  alarms.expect(unreachable);
  const link = await linkTo("expired");
  await portal.page.route("**/vendor/*", (route) => route.abort("blockedbyclient"));
  await portal.open(link.url);
  await portal.continue.click();
  await portal.says(blocked);
  await portal.way("Open on a full page").click();
  await portal.page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
});

test("a blocked script that is let through later works", async ({ portal, linkTo, alarms }) => {
  alarms.expect(unreachable);
  const link = await linkTo("expired");
  await portal.page.route("**/vendor/*", (route) => route.abort("blockedbyclient"));
  await portal.open(link.url);
  await portal.continue.click();
  await portal.says(blocked);
  await portal.page.unroute("**/vendor/*");
  await portal.finish();
  await portal.shows("You are done");
});

test("a frame that never loads leaves ways out, and the full page works", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await persona.fault("hang", { path_contains: "/widget" });
  await portal.page.clock.install();
  await portal.open(link.url);
  await portal.continue.click();
  await portal.saysInDialog("Loading. This can take a moment.");
  await portal.page.clock.fastForward("00:16");
  await portal.saysInDialog(stalled);
  await expect(portal.dialog.getByRole("button", { name: "Continue on your phone" })).toBeVisible();
  await portal.dialog.getByRole("button", { name: "Open on a full page" }).click();
  await portal.page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
});

for (const kind of ["hang", { delay: { ms: 500 } }] as const) {
  const name = typeof kind === "string" ? "hangs" : "is slow";
  test(`a frame that ${name} can be left and entered again`, async ({ portal, persona, linkTo }) => {
    const link = await linkTo("expired");
    await persona.fault(kind, { path_contains: "/widget" });
    await portal.open(link.url);
    await portal.continue.click();
    await portal.saysInDialog("Loading. This can take a moment.");
    await portal.close.click();
    await portal.says("You left the verification. What you have done is kept; continue whenever you like.");
    await persona.clearFaults();
    await portal.finish();
    await portal.shows("You are done");
    expect(await persona.resumes(link.inquiry)).toBe(1);
  });
}

test("a frame that a content blocker stops is noticed in real time", async ({ portal, linkTo, alarms }) => {
  alarms.expect(unreachable);
  const link = await linkTo("expired");
  await portal.page.route("**/widget*", (route) => route.abort("blockedbyclient"));
  await portal.open(link.url);
  await portal.continue.click();
  await expect(portal.dialog.getByText(stalled)).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => events(link.inquiry)).toContain("frame-stalled");
  await portal.page.unroute("**/widget*");
  await portal.close.click();
  await portal.finish();
  await portal.shows("You are done");
});

for (const [does, kind, line] of [
  ["may not be framed", "frame_denied", /X-Frame-Options/],
  ["answers 500", { status: { code: 500, html: true } }, answered(500)],
  ["is cut off", "drop_connection", unreachable],
] as const) {
  test(`a frame that ${does} is noticed, and the link stays usable`, async ({ portal, persona, linkTo, alarms }) => {
    alarms.expect(line);
    const link = await linkTo("expired");
    await persona.fault(kind, { path_contains: "/widget" });
    await portal.page.clock.install();
    await portal.open(link.url);
    await portal.continue.click();
    await portal.saysInDialog("Loading. This can take a moment.");
    await portal.page.clock.fastForward("00:16");
    await portal.saysInDialog(stalled);
    await portal.close.click();
    await persona.clearFaults();
    await portal.finish();
    await portal.shows("You are done");
  });
}

test("our own server out of reach is said so, and nothing is lost", async ({ portal, linkTo, alarms, context }) => {
  alarms.expect(unreachable);
  const link = await linkTo("expired");
  await portal.open(link.url);
  await context.setOffline(true);
  await portal.continue.click();
  await portal.says("We cannot be reached right now. Check your connection, then try again. Nothing is lost.");
  await context.setOffline(false);
  await portal.finish();
  await portal.shows("You are done");
});
