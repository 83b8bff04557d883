// Denial beside success: what a role may not do is not offered, and refused when it is asked for past the pages.
import type { Locator, Page } from "@playwright/test";
import { expect, type Staff, test } from "../../support/ops.ts";
import type { Role } from "../../support/run.ts";
import { everything } from "../../support/store.ts";

/** Things that acts are about. */
interface Things {
  inquiry: string;
  link: string;
  bulk: string;
  import: string;
  person: string;
  event: string;
  policy: string;
  message: string;
  endpoint: string;
  delivery: string;
}

type Control = (page: Page) => Locator;

/** Who may act, on which paths, and what they press for it on the inquiry's page. */
const ACTS: { roles: Role[]; paths: (things: Things) => string[]; pages: (things: Things) => string[] }[] = [
  {
    roles: ["operator", "admin"],
    paths: ({ inquiry, link, bulk, import: id }) => [
      `/ops/inquiries/${inquiry}/links`,
      `/ops/inquiries/${inquiry}/refresh`,
      `/ops/inquiries/${inquiry}/expire-sessions`,
      `/ops/inquiries/${inquiry}/expire`,
      `/ops/links/${link}/revoke`,
      `/ops/links/${link}/preview`,
      `/ops/links/${link}/mail`,
      "/ops/import",
      `/ops/import/${id}/cancel`,
      `/ops/import/${id}/go-on`,
      "/ops/bulk",
      ...["terms", "confirm", "approve", "pause", "go-on", "cancel", "retry", "links.csv"].map(
        (act) => `/ops/bulk/${bulk}/${act}`,
      ),
    ],
    pages: ({ inquiry, link }) => [`/ops/inquiries/${inquiry}/expire`, `/ops/links/${link}/revoke`],
  },
  {
    roles: ["operator", "admin"],
    paths: ({ event, message, endpoint, delivery }) => [
      "/ops/events/sweep",
      `${event}/replay`,
      message,
      `${endpoint}/test`,
      `${endpoint}/replay`,
      `${delivery}/replay`,
    ],
    pages: () => [],
  },
  {
    roles: ["operator", "auditor", "admin"],
    paths: () => [],
    pages: ({ policy, endpoint, delivery }) => [
      "/ops/policies",
      policy,
      `${policy}/dry-run`,
      "/ops/messages",
      "/ops/deliveries",
      endpoint,
      delivery,
    ],
  },
  {
    roles: ["auditor", "admin"],
    paths: () => ["/ops/audit/check"],
    pages: ({ inquiry, person }) => [
      "/ops/audit",
      "/ops/audit/export?format=jsonl",
      `/ops/inquiries/${inquiry}/evidence`,
      "/ops/team",
      `/ops/team/${person}`,
      "/ops/settings",
      "/ops/keys",
    ],
  },
  {
    roles: ["admin"],
    paths: ({ person, policy, endpoint }) => [
      "/ops/policies/new",
      "/ops/policies/switch",
      `${policy}/edit`,
      `${policy}/state`,
      "/ops/deliveries",
      ...["edit", "state", "secret"].map((act) => `${endpoint}/${act}`),
      "/ops/keys/new",
      "/ops/keys/nothing/revoke",
      "/ops/team/new",
      ...["role", "state", "reset", "sessions"].map((act) => `/ops/team/${person}/${act}`),
    ],
    pages: ({ person, policy, endpoint }) => [
      "/ops/team/new",
      `/ops/team/${person}/manage`,
      "/ops/policies/new",
      `${policy}/edit`,
      "/ops/deliveries/new",
      `${endpoint}/edit`,
      "/ops/keys/new",
      "/ops/keys/nothing/revoke",
    ],
  },
];

/** Acts that do what they do without a form. */
const DOES_SOMETHING = /refresh|check$|import$|sweep$|replay$|test$|\/messages\//;

/** What is offered on the page of an inquiry, and to whom. */
const OFFERED: [control: Control, roles: Role[]][] = [
  [(page) => page.getByRole("button", { name: "Refresh" }), ["operator", "admin"]],
  [(page) => page.getByRole("button", { name: "Make a link" }), ["operator", "admin"]],
  [(page) => page.getByRole("link", { name: /^Revoke link/ }), ["operator", "admin"]],
  [(page) => page.getByText("End live sessions…"), ["operator", "admin"]],
  [(page) => page.getByRole("link", { name: "Expire the inquiry…" }), ["operator", "admin"]],
  [(page) => page.getByRole("link", { name: "Evidence" }), ["auditor", "admin"]],
];

/** Where the first link of a list leads. */
async function first(admin: Staff, list: string, region: string, name = /./): Promise<string> {
  await admin.open(list);
  const link = admin.page.getByRole("region", { name: region, exact: true }).getByRole("rowheader").getByRole("link", { name });
  return (await link.first().getAttribute("href")) ?? "";
}

/** What went on by itself in the demo. */
async function traces(admin: Staff): Promise<Pick<Things, "event" | "policy" | "message" | "endpoint" | "delivery">> {
  const event = await first(admin, "/ops/events", "Events");
  const policy = await first(admin, "/ops/policies", "Policies", /Remind drivers/);
  const endpoint = await first(admin, "/ops/deliveries", "Endpoints", /of the demo/);
  const delivery = await first(admin, endpoint, "Deliveries");
  await admin.open("/ops/messages?state=given-up&channel=sms");
  const message = (await admin.page.getByRole("main").locator("form[method=post]").first().getAttribute("action")) ?? "";
  return { event, policy, message, endpoint, delivery };
}

/** An inquiry with a link, a draft of a bulk, an import and a person. */
async function things(admin: Staff, { inquiry, id }: { inquiry: string; id: string }): Promise<Things> {
  await admin.open("/ops?need=expired");
  await admin.page.getByRole("checkbox", { name: /^Tick inq_/ }).first().check();
  await admin.page.getByRole("button", { name: "Dry run…" }).click();
  await expect(admin.page.getByRole("heading", { name: "What will happen" })).toBeVisible();
  const bulk = new URL(admin.page.url()).pathname.split("/").at(-1) ?? "";
  await admin.open("/ops/team");
  const otto = admin.page.getByRole("link", { name: "Otto Operator" });
  const person = (await otto.getAttribute("href"))?.split("/").at(-1) ?? "";
  // No import has this ID: whoever may is told so, whoever may not is refused before anybody looks.
  return { inquiry, link: id, bulk, import: bulk, person, ...(await traces(admin)) };
}

for (const role of ["viewer", "operator", "auditor"] as const) {
  test(`the ${role} is refused whatever is not theirs, and nothing moves`, async ({ staff, linkTo }) => {
    const admin = await staff("admin");
    const about = await things(admin, await linkTo("pending"));
    const somebody = await staff(role);
    const before = everything(about.inquiry);
    for (const { paths, pages } of ACTS.filter(({ roles }) => !roles.includes(role))) {
      for (const path of paths(about)) expect(await somebody.post(path), path).toBe(403);
      for (const path of pages(about)) expect(await somebody.status(path), path).toBe(403);
    }
    for (const { paths, pages } of ACTS.filter(({ roles }) => roles.includes(role))) {
      // An empty form does nothing; it is only not refused.
      for (const path of paths(about).filter((path) => !DOES_SOMETHING.test(path))) {
        expect(await somebody.post(path), path).not.toBe(403);
      }
      for (const path of pages(about)) expect(await somebody.status(path), path).toBe(200);
    }
    if (role !== "operator") expect(everything(about.inquiry)).toBe(before);
  });
}

for (const role of ["viewer", "operator", "auditor", "admin"] as const) {
  test(`the ${role} is offered what they may do with an inquiry, and no more`, async ({ staff, linkTo }) => {
    const { inquiry } = await linkTo("pending");
    const somebody = await staff(role);
    await somebody.open(`/ops/inquiries/${inquiry}`);
    for (const [control, roles] of OFFERED) {
      await expect(control(somebody.page)).toHaveCount(roles.includes(role) ? 1 : 0);
    }
  });

  test(`the ${role} may share a view if they may act`, async ({ staff }) => {
    const somebody = await staff(role);
    const may = role === "operator" || role === "admin";
    await somebody.page.getByText("Save this view").click();
    await expect(somebody.page.getByRole("checkbox", { name: "For everybody" })).toHaveCount(may ? 1 : 0);
    const form = { name: `of the ${role}`, query: "quiet=24", shared: "1" };
    expect(await somebody.post("/ops/views", form)).toBe(may ? 303 : 403);
  });
}

test("nobody gets anything without signing in", async ({ another, linkTo }) => {
  const { inquiry } = await linkTo("pending");
  const nobody = await another();
  for (const path of ["/ops", `/ops/inquiries/${inquiry}`, "/ops/audit", "/ops/live"]) {
    expect(await nobody.status(path), path).toBe(303);
  }
  expect(await nobody.post(`/ops/inquiries/${inquiry}/refresh`)).toBe(303);
});
