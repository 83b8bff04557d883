// One link, several devices, tabs and visits.
import type { BrowserContextOptions } from "@playwright/test";
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { Portal } from "../support/portal.ts";
import { readQrCode } from "../support/qr.ts";
import { events, receipts } from "../support/store.ts";

const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** Asks for the hand-off and reads its code. */
async function handOff(portal: Portal): Promise<string> {
  await portal.way("Continue on your phone").click();
  const code = portal.page.getByRole("img", { name: "QR code that opens your verification on a phone" });
  return readQrCode(await code.screenshot());
}

test("a link that was used works on no second device", async ({ portal, device, linkTo, alarms }) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();

  const second = await device();
  const answer = await second.page.goto(link.url);
  expect(answer?.status()).toBe(403);
  await second.shows("This link belongs to another device");
});

test("of two devices that race for a link one gets it", async ({ portal, device, linkTo, alarms }) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired");
  const second = await device();
  await portal.open(link.url);
  await second.open(link.url);
  await portal.start();
  await second.continue.click();
  await second.shows("This link belongs to another device");
});

test("the phone takes over by QR code and the desktop sees the outcome", async ({ portal, device, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  const url = await handOff(portal);
  expect(url).not.toBe(link.url);

  const mobile = await device(phone);
  await mobile.open(url);
  await mobile.finish();
  await mobile.shows("You are done");

  await portal.way("I have finished on my phone").click();
  await portal.shows("You are done");
  expect(receipts(link.inquiry)).toEqual(["completed"]);
});

test("the code works on one phone only", async ({ portal, device, linkTo, alarms }) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired");
  await portal.open(link.url);
  const url = await handOff(portal);
  const first = await device(phone);
  await first.open(url);
  await first.start();
  const second = await device(phone);
  expect((await second.page.goto(url))?.status()).toBe(403);
});

test("who did not finish on the phone continues on the desktop", async ({ portal, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await handOff(portal);
  await portal.way("I have finished on my phone").click();
  await portal.isLive();
  await portal.finish();
  await portal.shows("You are done");
});

test("two tabs share one session and both see the outcome", async ({ portal, persona, context, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const link = await linkTo("expired");
  const tab = new Portal(await context.newPage());
  await portal.open(link.url);
  await tab.open(link.url);
  await portal.start();
  await tab.start();
  expect(await persona.resumes(link.inquiry)).toBe(1);
  await portal.press("Finish");
  await portal.shows("You are done");
  await tab.close.click();
  await tab.continue.click();
  await tab.shows("You are done");
  expect(receipts(link.inquiry)).toEqual(["completed"]);
});

test("a reload in mid-flow goes on where it was", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("created");
  await portal.open(link.url);
  await portal.start();
  await portal.press("Start verification");
  await expect(portal.frame.getByRole("button", { name: "Finish", exact: true })).toBeVisible();
  await portal.page.reload();
  await portal.isLive();
  await portal.start();
  await expect(portal.frame.getByRole("button", { name: "Start verification" })).toBeHidden();
  await portal.press("Finish");
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(1);
});

test("Back and Forward in mid-flow lose nothing", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await portal.page.goto("about:blank");
  await portal.open(link.url);
  await portal.start();
  await portal.page.goBack();
  await portal.page.goForward();
  await portal.page.reload();
  await portal.isLive();
  await portal.finish();
  await portal.shows("You are done");
  expect(await persona.resumes(link.inquiry)).toBe(1);

  await portal.page.goBack();
  await portal.page.goForward();
  await portal.shows("You are done");
});

test("the language can be changed in between, and the device stays known", async ({ portal, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await portal.close.click();
  await portal.page.getByRole("link", { name: "Español" }).click();
  await portal.shows("Continúe su verificación");
  await expect.poll(() => events(link.inquiry)).toEqual(["link-created", "resumed", "flow-ready", "cancelled"]);
});
