// Every refusal has its own page, words, status and way on.
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { isAccessible } from "../support/axe.ts";
import { run } from "../support/run.ts";
import { without } from "../support/store.ts";

for (const [name, path, heading] of [
  ["an address that is none", "/nothing/here", "This page does not exist"],
  ["a link that never was", `/r/${"A".repeat(43)}`, "This page does not exist"],
  ["half a link", "/r/AAAA", "This page does not exist"],
  ["a return that never was", "/return/01ARZ3NDEKTSV4RRFFQ69G5FAV", "This page does not exist"],
] as const) {
  test(`${name} is answered with 404`, async ({ portal, alarms }) => {
    alarms.expect(answered(404));
    expect((await portal.page.goto(run().portal + path))?.status()).toBe(404);
    await portal.shows(heading);
  });
}

test("an inquiry's ID is no link", async ({ portal, persona, alarms }) => {
  alarms.expect(answered(404));
  const inquiry = await persona.seed("pending");
  expect((await portal.page.goto(`${run().portal}/r/${inquiry.id}`))?.status()).toBe(404);
  await portal.shows("This page does not exist");
});

test("an expired link is answered with 410", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(410));
  const link = await linkTo("pending", { expiresIn: "1ms" });
  expect((await portal.page.goto(link.url))?.status()).toBe(410);
  await portal.shows("This link has expired");
  await expect(portal.page.getByText("Ask Example Bank for a new link.")).toBeVisible();
});

test("a revoked link is answered with 410", async ({ portal, links, linkTo, alarms }) => {
  alarms.expect(answered(410));
  const link = await linkTo("pending");
  await links.revoke(link);
  expect((await portal.page.goto(link.url))?.status()).toBe(410);
  await portal.shows("This link is no longer valid");
});

test("a redacted inquiry is answered with 410 and says why", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(410));
  const link = await linkTo("completed", { redacted: true });
  expect((await portal.page.goto(link.url))?.status()).toBe(410);
  await portal.shows("This verification was deleted");
});

test("who has not proved the factor learns only that it is over", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const link = await linkTo("declined", { factor: "birthdate" });
  expect((await portal.page.goto(link.url))?.status()).toBe(409);
  await portal.shows("This verification is finished");
  await expect(portal.page.getByText("declined")).toBeHidden();
});

for (const [status, heading] of [
  ["completed", "You are done"],
  ["needs_review", "Your verification is being reviewed"],
  ["approved", "You are verified"],
  ["declined", "Your verification was not accepted"],
  ["failed", "Your verification did not succeed"],
] as const) {
  test(`a link to an inquiry that is ${status} shows its outcome`, async ({ portal, linkTo }) => {
    const link = await linkTo(status);
    expect((await portal.page.goto(link.url))?.status()).toBe(200);
    await portal.shows(heading);
    await expect(portal.continue).toBeHidden();
  });
}

test("a page of somebody who returns while Persona is down asks for patience", async ({
  portal,
  persona,
  linkTo,
  alarms,
}) => {
  alarms.expect(answered(503));
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  await persona.fault({ status: { code: 500 } }, { inquiry: link.inquiry, path_contains: "/inquiries/" });
  const answer = await portal.page.goto(`${run().portal}/return/${link.id}`);
  expect(answer?.status()).toBe(503);
  expect(Number(answer?.headers()["retry-after"])).toBeGreaterThan(0);
  await portal.shows("The verification service does not answer");
  await persona.clearFaults();
  await portal.page.getByRole("link", { name: "Try again" }).click();
  await portal.shows("Your verification is not finished yet");
});

test("a form that cannot be read is answered with 400, in words", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(400));
  await portal.page.goto((await linkTo("pending")).url);
  const answer = portal.page.waitForResponse((response) => response.request().method() === "POST");
  await portal.page.evaluate(() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", enctype: "text/plain", action: location.href });
    document.body.append(form);
    form.submit();
  });
  expect((await answer).status()).toBe(400);
  await portal.shows("This request could not be read");
  await isAccessible(portal.page);
});

test("a form that is too long is answered with 413, in words", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(413));
  await portal.page.goto((await linkTo("pending")).url);
  const answer = portal.page.waitForResponse((response) => response.request().method() === "POST");
  await portal.page.evaluate(() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: location.href });
    const field = document.createElement("textarea");
    Object.assign(field, { name: "birthdate", value: "x".repeat(17_000) });
    form.append(field);
    document.body.append(form);
    form.submit();
  });
  expect((await answer).status()).toBe(413);
  await portal.shows("This is too long");
  await isAccessible(portal.page);
});

test("a fault of ours is answered with 500, in words, and nothing is lost", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(500));
  const link = await linkTo("expired");
  await portal.open(link.url);
  await without("receipts", async () => {
    await portal.start();
    await portal.press("Finish");
    await portal.says("Something failed on our side. Please try again in a minute. Your link stays valid and nothing is lost.");
    await expect(portal.dialog).toBeHidden();
    expect((await portal.page.goto(`${run().portal}/return/${link.id}`))?.status()).toBe(500);
    await portal.shows("Something failed on our side");
    await isAccessible(portal.page);
  });
  await portal.page.getByRole("link", { name: "Try again" }).click();
  await portal.shows("You are done");
});
