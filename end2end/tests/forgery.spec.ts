// What others may try with a person's browser, or with what they know of somebody else's link.
import type { Page } from "@playwright/test";
import { answered, unreachable } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import type { Portal } from "../support/portal.ts";
import { run } from "../support/run.ts";
import { events, everything, receipts } from "../support/store.ts";

const completed = { containerId: "leftoff-flow", name: "complete", metadata: { status: "completed", fields: {} } };

/** The simulator's control page has none, and it is not under test. */
const favicon = /status of 404 .*\(\/favicon\.ico\)$/;

/** The reports of completion that a page sends. */
function reports(page: Page): string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/report_completion")) seen.push(request.method());
  });
  return seen;
}

/** The flow did not hear the forgery: it still does what the person asks. */
async function isUndisturbed(portal: Portal, seen: string[], inquiry: string): Promise<void> {
  await expect(portal.dialog).toBeVisible();
  await portal.press("Cancel");
  await portal.says("You left the verification. What you have done is kept; continue whenever you like.");
  expect(seen).toEqual([]);
  expect(receipts(inquiry)).toEqual([]);
}

test("a completion message from the page itself does nothing", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  const seen = reports(portal.page);
  await portal.open(link.url);
  await portal.start();
  await portal.page.evaluate((message) => window.postMessage(message, "*"), completed);
  await isUndisturbed(portal, seen, link.inquiry);
});

test("a completion message from another frame does nothing", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  const seen = reports(portal.page);
  await portal.open(link.url);
  await portal.start();
  // Persona's own origin, so that the source alone is wrong.
  await portal.page.evaluate((origin) => {
    const frame = document.createElement("iframe");
    frame.src = `${origin}/preload`;
    frame.title = "other";
    const loaded = new Promise((done) => frame.addEventListener("load", done));
    document.body.append(frame);
    return loaded;
  }, run().persona);
  const other = portal.page.frames().find((frame) => frame.url().endsWith("/preload"));
  await other?.evaluate((message) => window.parent.postMessage(message, "*"), completed);
  expect(other).toBeDefined();
  await isUndisturbed(portal, seen, link.inquiry);
});

test("a completion message from another window does nothing", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  const seen = reports(portal.page);
  await portal.open(link.url);
  await portal.start();
  const opened = portal.page.waitForEvent("popup");
  await portal.page.evaluate(() => void window.open("about:blank"));
  const popup = await opened;
  const sent = await popup.evaluate((message) => {
    window.opener?.postMessage(message, "*");
    return window.opener !== null;
  }, completed);
  expect(sent).toBe(true);
  await popup.close();
  await isUndisturbed(portal, seen, link.inquiry);
});

test("a true completion message of an unfinished flow is not believed", async ({ portal, linkTo }) => {
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  const flow = portal.page.frames().find((frame) => frame.url().includes("/widget"));
  await flow?.evaluate((message) => window.parent.postMessage(message, "*"), completed);
  await portal.says("Thank you. The result is not there yet. You can check again in a moment, or close this page.");
  expect(receipts(link.inquiry)).toEqual([]);
  expect(events(link.inquiry)).not.toContain("verified");
});

for (const act of ["report_completion", "report_trouble", "resume_inquiry"]) {
  test(`${act} for somebody else's link is refused`, async ({ portal, links, linkTo, alarms }) => {
    alarms.expect(answered(403));
    const [mine, theirs] = [await linkTo("pending"), await linkTo("completed")];
    await links.useElsewhere(mine);
    const victim = act === "resume_inquiry" ? mine : theirs;
    const before = everything(victim.inquiry);
    await portal.page.goto(run().portal);
    const answer = await portal.page.evaluate(
      async ([act, link]) => {
        const sent = await fetch(`/api/${act}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ link, trouble: "cancelled" }),
        });
        return [sent.status, await sent.json()];
      },
      [act, victim.token],
    );
    expect(answer).toEqual([403, expect.objectContaining({ refusal: "other-device" })]);
    expect(everything(victim.inquiry)).toBe(before);
  });
}

test("an inquiry's ID in place of a token is refused", async ({ portal, persona, alarms }) => {
  alarms.expect(answered(404));
  const inquiry = await persona.seed("pending");
  const before = (await persona.requests()).length;
  await portal.page.goto(run().portal);
  for (const act of ["report_completion", "resume_inquiry"]) {
    const status = await portal.page.evaluate(
      async ([act, link]) => {
        const headers = { "content-type": "application/json" };
        return (await fetch(`/api/${act}`, { method: "POST", headers, body: JSON.stringify({ link }) })).status;
      },
      [act, inquiry.id],
    );
    expect(status).toBe(404);
  }
  expect(await persona.requests()).toHaveLength(before);
});

test("no other origin can send acts, not even with the person's cookie", async ({ portal, persona, linkTo, alarms }) => {
  alarms.expect(answered(403));
  alarms.expect(unreachable);
  alarms.expect(favicon);
  const { page } = portal;
  const link = await linkTo("pending");
  await portal.open(link.url);
  await portal.start();
  await page.goto(`${run().persona}/control`);
  const before = everything(link.inquiry);
  for (const path of ["/api/report_completion", "/api/resume_inquiry", `/r/${link.token}`, `/r/${link.token}/phone`]) {
    const outcome = await page.evaluate(
      ([url, token]) =>
        fetch(url ?? "", {
          method: "POST",
          mode: "no-cors",
          credentials: "include",
          body: JSON.stringify({ link: token }),
        }).then(
          () => "answered",
          () => "kept from the page",
        ),
      [run().portal + path, link.token],
    );
    expect(outcome).toBe("kept from the page");
  }
  expect(everything(link.inquiry)).toBe(before);
  expect(await persona.resumes(link.inquiry)).toBe(1);
});

test("acts without the browser's word for their origin are refused", async ({ linkTo }) => {
  const link = await linkTo("completed");
  const origins: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: run().portal, "sec-fetch-site": "cross-site" },
    { origin: run().portal, "sec-fetch-site": "same-site" },
    { origin: run().portal, "sec-fetch-site": "none" },
  ];
  for (const headers of origins) {
    const answer = await fetch(`${run().portal}/api/report_completion`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ link: link.token }),
    });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(await answer.json()).toMatchObject({ refusal: "foreign-origin" });
  }
});

test("a form on another page cannot press the button", async ({ portal, persona, linkTo, alarms }) => {
  alarms.expect(answered(403));
  alarms.expect(favicon);
  const { page } = portal;
  const link = await linkTo("pending");
  await page.goto(`${run().persona}/control`);
  const refusal = page.waitForResponse(link.url);
  await page.evaluate((action) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    document.body.append(form);
    form.submit();
  }, link.url);
  expect((await refusal).status()).toBe(403);
  expect(await persona.requests(`/inquiries/${link.inquiry}/one-time-link`)).toEqual([]);
});
