// Persona is slow, refuses, or talks nonsense: right words, a way on, and nothing lost.
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import type { FaultKind } from "../support/persona.ts";

const unavailable =
  "The verification service does not answer right now. Please try again in a minute. Your link stays valid and nothing is lost.";

const faults: [string, FaultKind][] = [
  ["answers 500", { status: { code: 500 } }],
  ["answers 502 with a page", { status: { code: 502, html: true } }],
  ["limits our requests", { rate_limited: { reset_seconds: 40 } }],
  ["breaks its JSON", "broken_json"],
  ["drops the connection", "drop_connection"],
  ["ends its answer too early", "truncated_body"],
  ["forgets the session token", "missing_token"],
  ["never answers", "hang"],
];

for (const [does, kind] of faults) {
  test(`a Persona that ${does} loses nothing`, async ({ portal, persona, linkTo, alarms }) => {
    alarms.expect(answered(503));
    const link = await linkTo("expired");
    await persona.fault(kind, { path_contains: "/resume", inquiry: link.inquiry });
    await portal.open(link.url);
    const refusal = portal.page.waitForResponse("**/api/resume_inquiry");
    await portal.continue.click();
    const answer = await refusal;
    expect(answer.status()).toBe(503);
    expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
    await portal.says(unavailable);
    await expect(portal.dialog).toBeHidden();

    await persona.clearFaults();
    await portal.finish();
    await portal.shows("You are done");
  });
}

test("a Persona that takes 10 seconds is waited for", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await persona.fault({ delay: { ms: 10_000 } }, { path_contains: "/resume", inquiry: link.inquiry });
  await portal.open(link.url);
  await portal.continue.click();
  await portal.says("Opening your verification…");
  await expect(portal.dialog).toBeVisible({ timeout: 15_000 });
  await portal.isReady();
});

test("one lost answer is asked for again with the same key, unnoticed", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  const before = (await persona.inquiry(link.inquiry)).sessions.length;
  await persona.fault("drop_connection", { path_contains: "/resume", inquiry: link.inquiry }, 1);
  await portal.open(link.url);
  await portal.finish();
  await portal.shows("You are done");
  const resumes = await persona.requests(`/inquiries/${link.inquiry}/resume`);
  expect(resumes).toHaveLength(2);
  expect(resumes[0]?.idempotency_key).toBe(resumes[1]?.idempotency_key);
  expect((await persona.inquiry(link.inquiry)).sessions).toHaveLength(before + 1);
});

test("a result that Persona cannot tell yet can be checked again", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await persona.fault("unknown_status", { method: "GET", inquiry: link.inquiry, path_contains: "/inquiries/" });
  await portal.press("Finish");
  await portal.says("Thank you. The result is not there yet. You can check again in a moment, or close this page.");
  await persona.clearFaults();
  await portal.way("Check again").click();
  await portal.shows("You are done");
});

test("a result that cannot be read keeps the page and its button", async ({ portal, persona, linkTo, alarms }) => {
  alarms.expect(answered(503));
  alarms.expect(answered(409));
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.start();
  await persona.fault({ status: { code: 503 } }, { method: "GET", inquiry: link.inquiry, path_contains: "/inquiries/" });
  await portal.press("Finish");
  await portal.says(unavailable);
  await persona.clearFaults();
  await portal.continue.click();
  await portal.shows("You are done");
});
