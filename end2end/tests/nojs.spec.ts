// The whole path without JavaScript: forms, redirects and Persona's hosted page.
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { person, wrongBirthdate } from "../support/person.ts";
import { run } from "../support/run.ts";
import { events, receipts } from "../support/store.ts";

test.use({ javaScriptEnabled: false });

test("button, hosted flow, return, outcome", async ({ portal, persona, linkTo }) => {
  const { page } = portal;
  const link = await linkTo("expired", { returnUrl: "https://example.com/back" });
  await page.goto(link.url);
  await portal.continue.click();
  await expect(page).toHaveURL((url) => url.origin === run().persona && url.pathname === "/verify");

  await page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
  await expect(page).toHaveURL(`${run().portal}/return/${link.id}`);
  expect(receipts(link.inquiry)).toEqual([]);

  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByRole("link", { name: "Back to Example Bank" })).toBeVisible();
  await expect(page).toHaveURL(`${run().portal}/return/${link.id}`);
  expect(receipts(link.inquiry)).toEqual(["completed"]);
  expect(events(link.inquiry)).toContain("one-time-link-opened");
  expect((await persona.inquiry(link.inquiry)).status).toBe("completed");
});

test("the query that Persona appends is on no page of ours", async ({ portal, linkTo }) => {
  const link = await linkTo("created");
  const redirects: string[] = [];
  portal.page.on("response", (response) => {
    const url = new URL(response.url());
    if (url.pathname.startsWith("/return/") && url.search) redirects.push(`${response.status()}`);
  });
  await portal.page.goto(link.url);
  await portal.continue.click();
  await portal.page.getByRole("button", { name: "Start verification" }).click();
  await portal.page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
  expect(redirects).toEqual(["303"]);
  expect(portal.page.url()).not.toContain("?");
  expect(await portal.page.content()).not.toContain(person["name-first"]);
});

test("a forged status in the return's query is not believed", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.page.goto(link.url);
  await portal.continue.click();
  await portal.page.goto(`${run().portal}/return/${link.id}?status=approved&inquiry-id=${link.inquiry}`);
  await portal.shows("Your verification is not finished yet");
  await expect(portal.page).toHaveURL(`${run().portal}/return/${link.id}`);
  expect(receipts(link.inquiry)).toEqual([]);

  await portal.continue.click();
  await portal.page.getByRole("button", { name: "Finish and be approved" }).click();
  await portal.shows("You are verified");
});

test("who cancelled opens the link again and goes on", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.page.goto(link.url);
  await portal.continue.click();
  await portal.page.getByRole("button", { name: "Cancel" }).click();
  await portal.page.goto(link.url);
  await portal.continue.click();
  await portal.page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
});

test("an inquiry that was finished meanwhile shows its outcome", async ({ portal, persona, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const link = await linkTo("pending");
  await portal.page.goto(link.url);
  await persona.setStatus(link.inquiry, "declined");
  await portal.continue.click();
  await portal.shows("Your verification was not accepted");
});

test("a Persona that does not answer is said on the page, and the button still works", async ({
  portal,
  persona,
  linkTo,
  alarms,
}) => {
  alarms.expect(answered(503));
  const link = await linkTo("expired");
  await persona.fault({ status: { code: 503 } }, { inquiry: link.inquiry });
  await portal.page.goto(link.url);
  const answer = portal.page.waitForResponse((response) => response.request().method() === "POST");
  await portal.continue.click();
  expect((await answer).status()).toBe(503);
  await portal.says(
    "The verification service does not answer right now. Please try again in a minute. Your link stays valid and nothing is lost.",
  );
  await persona.clearFaults();
  await portal.continue.click();
  await portal.page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
});

test("a wrong date of birth is said on the page, the right one opens the flow", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired", { factor: "birthdate" });
  await portal.page.goto(link.url);
  await portal.page.getByLabel("Date of birth").fill(wrongBirthdate);
  await portal.continue.click();
  await portal.says("That date is not the one we know. Please check it and try again.");
  expect(portal.page.url()).not.toContain(wrongBirthdate);
  await portal.page.getByLabel("Date of birth").fill(person.birthdate);
  await portal.continue.click();
  await portal.page.getByRole("button", { name: "Finish", exact: true }).click();
  await portal.shows("You are done");
});

test("an inquiry whose sessions are used up says so", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const link = await linkTo("expired", { ended_sessions: 25 });
  await portal.page.goto(link.url);
  await portal.continue.click();
  await portal.shows("This verification cannot be continued");
});

test("the hand-off to a phone needs no JavaScript either", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.page.goto(link.url);
  await portal.way("Continue on your phone").click();
  await expect(portal.page.getByRole("img", { name: "QR code that opens your verification on a phone" })).toBeVisible();
});
