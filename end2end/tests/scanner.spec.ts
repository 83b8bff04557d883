// Mail scanners and link previews open links: that must change nothing and cost Persona nothing.
import { expect, test } from "../support/fixtures.ts";
import { everything } from "../support/store.ts";

const TIMES = 50;

test("a scanner without JavaScript changes nothing", async ({ request, persona, linkTo }) => {
  const link = await linkTo("pending");
  const before = [everything(link.inquiry), await persona.inquiry(link.inquiry), await persona.requests()];
  for (let time = 0; time < TIMES; time += 1) {
    expect((await request.get(link.url)).status()).toBe(200);
    const head = await request.head(link.url);
    expect(head.status()).toBe(200);
    expect(head.headers()["set-cookie"]).toBeUndefined();
  }
  expect([everything(link.inquiry), await persona.inquiry(link.inquiry), await persona.requests()]).toEqual(before);
});

test("a scanner that runs JavaScript changes nothing", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("pending");
  const before = [everything(link.inquiry), await persona.inquiry(link.inquiry), await persona.requests()];
  for (let time = 0; time < TIMES; time += 1) await portal.open(link.url);
  expect([everything(link.inquiry), await persona.inquiry(link.inquiry), await persona.requests()]).toEqual(before);
  expect(await portal.page.context().cookies()).toEqual([]);
});

test("after all scans the link still belongs to the person", async ({ request, portal, linkTo }) => {
  const link = await linkTo("expired");
  for (let time = 0; time < TIMES; time += 1) await request.get(link.url);
  await portal.open(link.url);
  await portal.finish();
  await portal.shows("You are done");
});
