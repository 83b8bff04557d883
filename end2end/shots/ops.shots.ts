// Pictures of ops: the demo's story, then the lists with nothing, one, fifty and a hundred thousand rows.
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { answered } from "../support/alarms.ts";
import { Another } from "../support/another.ts";
import { expect, Staff, test } from "../support/ops.ts";
import { binary, demoLink } from "../support/run.ts";
import { ageProofs } from "../support/store.ts";

const folder = join(import.meta.dirname, "../pictures/ops");
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };
/** A page that is longer goes on as it began. */
const TALLEST = 2200;
const PASSWORD = "of-the-pictures-and-long-enough";

test.beforeAll(() => mkdirSync(folder, { recursive: true }));
test.describe.configure({ timeout: 600_000 });

async function picture(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const whole = await page.evaluate(() => {
        // As it stands when the page is loaded at this size.
        const here = document.querySelector(".sections [aria-current]");
        here?.scrollIntoView({ block: "nearest", inline: "center" });
        return document.documentElement.scrollHeight;
      });
      // What stays at the edge of the window stands at the edge of the picture.
      const height = Math.min(TALLEST, Math.max(viewport.height, whole));
      await page.setViewportSize({ ...viewport, height });
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  }
}

test("the demo's story", async ({ staff, another, linkTo, alarms }) => {
  alarms.expect(answered(403));
  alarms.expect(answered(404));
  const nobody = await another();
  await nobody.open("/ops");
  await picture(nobody.page, "sign-in");
  const operator = await staff("operator");
  const { page } = operator;
  const show = async (path: string, name: string) => {
    await operator.open(path);
    await picture(page, name);
  };
  await picture(page, "queue");
  await show("/ops?need=expired&quiet=24", "queue-filtered");
  await show("/ops?template=none", "queue-nothing");
  await show("/ops/search?q=user-00", "search");
  await show("/ops/search?q=nobody", "search-nothing");
  const { inquiry } = await linkTo("pending", { reference_id: "customer-20917" });
  await show(`/ops/inquiries/${inquiry}?sessions=1`, "inquiry");
  await show(`/ops/inquiries/${demoLink("approved").inquiry}`, "inquiry-settled");
  await show(`/ops/inquiries/${demoLink("locked-out").inquiry}`, "inquiry-locked-out");
  await show(`/ops/inquiries/${inquiry}/expire`, "expire");
  await operator.open(`/ops/inquiries/${inquiry}`);
  await operator.makeLink();
  await picture(page, "link-made");
  await page.getByRole("button", { name: "Send by e-mail…" }).click();
  await picture(page, "mail");
  await show("/ops/funnel", "funnel");
  await show("/ops/funnel?days=90&by=channel", "funnel-channels");
  await show("/ops/import", "import");
  await show("/ops/account", "account");
  await operator.open("/ops?need=expired");
  for (const box of (await page.getByRole("checkbox", { name: /^Tick inq_/ }).all()).slice(0, 4)) await box.check();
  await page.getByRole("button", { name: "Dry run…" }).click();
  await picture(page, "bulk-draft");
  await page.getByLabel("Reason").selectOption({ index: 1 });
  await page.getByLabel("Note").fill("Everybody who waits since the weekend");
  await page.getByRole("button", { name: /^Confirm/ }).click();
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
  await page.reload();
  await picture(page, "bulk-done");
  await show("/ops/bulk", "bulks");
  await show("/ops/team", "refused");
  const viewer = await staff("viewer");
  await viewer.open(`/ops/inquiries/${inquiry}`);
  await picture(viewer.page, "inquiry-viewer");
  const admin = await staff("admin");
  for (const [path, name] of [
    ["/ops/audit", "audit"],
    ["/ops/team", "team"],
    ["/ops/team/new", "team-new"],
    ["/ops/settings", "settings"],
    ["/api/v1/docs", "api-docs"],
  ] as const) {
    await admin.open(path);
    await picture(admin.page, name);
  }
  await admin.open("/ops/nothing");
  await picture(admin.page, "unknown");
  await admin.open("/ops/team");
  await admin.page.getByRole("link", { name: "Otto Operator" }).click();
  await picture(admin.page, "person");
  await admin.page.getByRole("link", { name: "Manage" }).click();
  await picture(admin.page, "manage");
  ageProofs();
  await admin.page.reload();
  await picture(admin.page, "prove");
});

test("what goes on by itself", async ({ staff, receiver }) => {
  const admin = await staff("admin");
  const { page } = admin;
  const main = page.getByRole("main");
  const show = async (path: string, name: string) => {
    await admin.open(path);
    await picture(page, name);
  };
  const follow = async (link: string | RegExp, name: string) => {
    await main.getByRole("link", { name: link }).first().click();
    await picture(page, name);
  };
  await show("/ops/events", "events");
  await show("/ops/events?state=applied&name=inquiry.expired", "events-filtered");
  await follow("inquiry.expired", "event");
  await show("/ops/events?state=parked", "events-nothing");
  await show("/ops/policies", "policies");
  await follow("Remind drivers", "policy");
  await follow("Dry run", "policy-dry-run");
  await show("/ops/policies/new", "policy-new");
  await show("/ops/policies", "policies");
  await follow("Second chance", "policy-off");
  await follow("Change", "policy-edit");
  await show("/ops/messages", "messages");
  await show("/ops/messages?state=given-up", "messages-given-up");
  await show("/ops/messages?state=sending", "messages-nothing");
  await show("/ops/deliveries", "deliveries");
  await follow("Case system of the demo", "endpoint");
  await follow(/test of the endpoint/, "delivery");
  await show("/ops/deliveries/new", "endpoint-new");
  await page.getByLabel("Description").fill("Data warehouse");
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await picture(page, "endpoint-added");
  receiver.status = 410;
  await page.getByRole("link", { name: "Go to the endpoint" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await admin.reloadUntil(page.getByRole("alert"));
  await picture(page, "endpoint-gone");
  await show("/ops/deliveries", "deliveries-alarm");
  await show("/ops/keys", "keys-nothing");
  await show("/ops/keys/new", "key-new");
  await page.getByLabel("Name").fill("Our backend");
  await page.getByRole("checkbox", { name: "links:write" }).check();
  await page.getByRole("button", { name: "Make the key" }).click();
  await picture(page, "key-made");
  await show("/ops/keys", "keys");
  await follow("Revoke Our backend", "key-revoke");
  await admin.post("/ops/policies/switch", { to: "stop" });
  await show("/ops/policies", "policies-stopped");
  await admin.post("/ops/policies/switch", { to: "release" });
  const viewer = await staff("operator");
  await viewer.open("/ops/policies");
  await picture(viewer.page, "policies-operator");
});

/** What is the same however many rows there are. */
const FORMS = { "team/new": "team-new", "policies/new": "policy-new", "deliveries/new": "endpoint-new", "keys/new": "key-new" };
/** Lists, by their path. */
const LISTS = {
  "": "queue",
  "?need=expired&order=newest": "queue-filtered",
  "/search?q=user-000": "search",
  "/bulk": "bulk",
  "/funnel": "funnel",
  "/funnel?by=maker": "funnel-maker",
  "/import": "import",
  "/audit": "audit",
  "/team": "team",
  "/events": "events",
  "/policies": "policies",
  "/messages": "messages",
  "/deliveries": "deliveries",
  "/keys": "keys",
  "/settings": "settings",
  "/account": "account",
};
/** Pages of the first thing in a list: where the list is, which of its links leads there, and where one goes from it. */
const DETAILS: [list: string, link: RegExp, name: string, next: Record<string, string>][] = [
  ["/ops?order=newest", /^inq_/, "inquiry", { "/expire": "expire" }],
  ["/ops/events", /^inquiry\./, "event", {}],
  ["/ops/team", /Ada Admin/, "person", { "/manage": "manage" }],
  ["/ops/policies", /./, "policy", { "/dry-run": "policy-dry-run", "/edit": "policy-edit" }],
  ["/ops/deliveries", /^(?!Add an endpoint)/, "endpoint", { "/edit": "endpoint-edit" }],
  ["/ops/keys", /^Revoke/, "key-revoke", {}],
];
/** A list of bulks has fifty of them on a page, and then a next page. */
const BULKS = 51;

for (const count of [0, 1, 50, 100_000]) {
  test(`${count} rows`, async ({ another, alarms }) => {
    // Where nothing is, nothing is found.
    if (count === 0) alarms.expect(answered(404));
    const seed = process.env["LEFTOFF_SEED"] ?? join(dirname(binary), "../benches/seed");
    const fill = async (url: string) => void (await promisify(execFile)(seed, [url, String(count)]));
    const leftoff = await Another.start({ LEFTOFF_OPS__SECOND_FACTOR: "optional" }, fill);
    await leftoff.add("admin", "Ada Admin", "ada@example.com", PASSWORD);
    const admin: Staff = await another(leftoff.origin);
    const { page } = admin;
    await admin.open("/ops");
    await picture(page, `sign-in-${count}`);
    await admin.signInAs("ada@example.com", PASSWORD);
    await admin.shows("Queue");
    if (count > 0) {
      const inquiry = await page.getByRole("checkbox", { name: /^Tick inq_/ }).first().inputValue();
      const others = Math.min(count, BULKS) - 1;
      for (let made = 0; made < others; made += 1) await admin.post("/ops/bulk", { act: "resume", inquiry });
      await page.getByLabel("With").selectOption({ index: 1 });
      await page.getByRole("button", { name: "Dry run…" }).click();
      await picture(page, `bulk-draft-${count}`);
    }
    for (const [path, name] of Object.entries(LISTS)) {
      await admin.open(`/ops${path}`);
      await picture(page, `${name}-${count}`);
    }
    for (const [path, name] of Object.entries(FORMS)) {
      await admin.open(`/ops/${path}`);
      await picture(page, `${name}-${count}`);
    }
    for (const [list, link, name, next] of count > 0 ? DETAILS : []) {
      await admin.open(list);
      await page.getByRole("table").getByRole("link", { name: link }).first().click();
      await picture(page, `${name}-${count}`);
      const path = new URL(page.url()).pathname;
      for (const [way, name] of Object.entries(next)) {
        await admin.open(path + way);
        await picture(page, `${name}-${count}`);
      }
      if (name === "endpoint") {
        await admin.open(path);
        await page.getByRole("table").getByRole("link").first().click();
        await picture(page, `delivery-${count}`);
      }
    }
    // A page that follows the server would complain that it is gone.
    await page.close();
    await leftoff.stop();
  });
}
