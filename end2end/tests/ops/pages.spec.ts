// Every page of ops: accessible, and open to whom it is for.
import type { Page } from "@playwright/test";
import { answered } from "../../support/alarms.ts";
import { isAccessible, PHONE } from "../../support/axe.ts";
import { tabTo } from "../../support/keyboard.ts";
import { expect, test } from "../../support/ops.ts";
import { demoLink, type Role } from "../../support/run.ts";
import { without } from "../../support/store.ts";

/** Sections, and who sees them. */
const SECTIONS: [name: string, heading: RegExp, roles: Role[]][] = [
  ["Queue", /Queue/, ["viewer", "operator", "auditor", "admin"]],
  ["Bulk", /Bulk/, ["viewer", "operator", "auditor", "admin"]],
  ["Funnel", /Funnel/, ["viewer", "operator", "auditor", "admin"]],
  ["Import", /Import/, ["viewer", "operator", "auditor", "admin"]],
  ["Policies", /Policies/, ["operator", "auditor", "admin"]],
  ["Messages", /Messages/, ["operator", "auditor", "admin"]],
  ["Deliveries", /Deliveries/, ["operator", "auditor", "admin"]],
  ["Events", /Events/, ["viewer", "operator", "auditor", "admin"]],
  ["Audit", /Audit/, ["auditor", "admin"]],
  ["Team", /Team/, ["auditor", "admin"]],
  ["API keys", /API keys/, ["auditor", "admin"]],
  ["Settings", /Settings/, ["auditor", "admin"]],
];

async function address(page: Page): Promise<string> {
  return new URL(page.url()).pathname;
}

for (const role of ["viewer", "operator", "auditor", "admin"] as const) {
  test(`the ${role} sees the sections that are for them, and no other`, async ({ staff, alarms }) => {
    alarms.expect(answered(403));
    const somebody = await staff(role);
    for (const [name, heading, roles] of SECTIONS) {
      if (roles.includes(role)) {
        await somebody.section(name).click();
        await expect(somebody.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
        await expect(somebody.section(name)).toHaveAttribute("aria-current", "page");
      } else {
        await expect(somebody.section(name)).toHaveCount(0);
        await somebody.open(`/ops/${name.toLowerCase().replace("api ", "")}`);
        await somebody.shows("Your role does not allow this");
      }
    }
  });
}

test("on a phone the section that is open stands in sight", async ({ staff }) => {
  const admin = await staff("admin");
  await admin.page.setViewportSize(PHONE);
  for (const [section, path] of [
    ["Queue", "/ops"],
    ["Events", "/ops/events"],
    ["Settings", "/ops/settings"],
  ] as const) {
    await admin.open(path);
    await expect(admin.section(section)).toBeInViewport({ ratio: 1 });
  }
});

test("on a phone every cell of a table stands in sight", async ({ staff }) => {
  const admin = await staff("admin");
  await admin.page.setViewportSize(PHONE);
  for (const [section] of SECTIONS) {
    await admin.section(section).click();
    const frames = admin.page.getByRole("region").filter({ has: admin.page.getByRole("table") });
    for (const frame of await frames.all()) {
      const beyond = await frame.evaluate((frame) => frame.scrollWidth - frame.clientWidth);
      expect.soft(beyond, `${section}: ${await frame.getAttribute("aria-label")}`).toBe(0);
    }
  }
});

test("on a phone a link is taken back by keyboard alone", async ({ staff, linkTo }) => {
  const { inquiry } = await linkTo("pending");
  const operator = await staff("operator");
  const { page } = operator;
  await page.setViewportSize(PHONE);
  await operator.open(`/ops/inquiries/${inquiry}`);
  const revoke = page.getByRole("region", { name: "Links" }).getByRole("link", { name: /^Revoke/ });
  await tabTo(page, revoke);
  await expect(revoke).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Revoke/ })).toBeVisible();
});

test("an address that is none is told inside the pages of ops", async ({ staff, stranger, alarms }) => {
  alarms.expect(answered(404));
  const viewer = await staff("viewer");
  await viewer.open("/ops/nothing");
  await viewer.shows("There is nothing here");
  await isAccessible(viewer.page);
  await viewer.section("Queue").click();
  await viewer.shows("Queue");
  await stranger.open("/ops/nothing");
  await stranger.shows("Sign in");
});

test("every section is accessible", async ({ staff }) => {
  test.setTimeout(180_000);
  const admin = await staff("admin");
  for (const [name] of SECTIONS) {
    await admin.section(name).click();
    await test.step(await address(admin.page), () => isAccessible(admin.page));
  }
  await admin.page.getByRole("link", { name: /Ada Admin/ }).click();
  await isAccessible(admin.page);
});

test("an inquiry's page is accessible to who may act and to who may not", async ({ staff }) => {
  for (const role of ["viewer", "operator"] as const) {
    const somebody = await staff(role);
    await somebody.open(`/ops/inquiries/${demoLink("expired").inquiry}`);
    await isAccessible(somebody.page);
  }
});

test("a page that this role may not see is accessible", async ({ staff, alarms }) => {
  alarms.expect(answered(403));
  const viewer = await staff("viewer");
  await viewer.open("/ops/team");
  await isAccessible(viewer.page);
});

test("a fault of ours is told inside the pages of ops, which stay usable", async ({ staff, alarms }) => {
  alarms.expect(answered(500));
  const viewer = await staff("viewer");
  await without("bulks", async () => {
    await viewer.open("/ops/bulk");
    await viewer.shows("This did not work");
    await isAccessible(viewer.page);
  });
  await viewer.section("Bulk").click();
  await viewer.shows("Bulk");
});

test("a form that cannot be read is told inside the pages of ops", async ({ staff, alarms }) => {
  alarms.expect(answered(400));
  const viewer = await staff("viewer");
  await viewer.open("/ops/account");
  await viewer.page.evaluate(() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", enctype: "text/plain", action: "/ops/account/zone" });
    document.body.append(form);
    form.submit();
  });
  await viewer.shows("This cannot be read");
  await expect(viewer.section("Queue")).toBeVisible();
});
