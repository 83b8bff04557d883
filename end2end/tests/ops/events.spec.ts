// Events: what Persona told, what came of it, what could not be applied, and what the staff does about that.
import { answered } from "../../support/alarms.ts";
import { Another } from "../../support/another.ts";
import { isAccessible } from "../../support/axe.ts";
import { tabTo } from "../../support/keyboard.ts";
import { Links } from "../../support/links.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import type { Persona, Status } from "../../support/persona.ts";
import { eventsOf, type PersonaEvent, tell } from "../../support/webhooks.ts";

interface Told {
  inquiry: string;
  event: PersonaEvent;
}

/** The last event of a fresh inquiry; nobody told of it yet. */
async function happened(persona: Persona, status: Status): Promise<Told> {
  const { id } = await persona.seed(status);
  const [event] = await eventsOf(id);
  if (!event) throw new Error("nothing happened to the inquiry");
  return { inquiry: id, event };
}

/** An event that shows no inquiry, while Persona does not know which one it is about. */
async function parked(persona: Persona): Promise<Told> {
  const { inquiry, event } = await happened(persona, "approved");
  await persona.fault({ status: { code: 404 } }, { inquiry });
  const whole = event.attributes.payload.data.attributes;
  event.attributes.payload.data.attributes = {};
  expect(await tell(event)).toBe(200);
  event.attributes.payload.data.attributes = whole;
  return { inquiry, event };
}

const row = (staff: Staff, region: string, inquiry: string) =>
  staff.page.getByRole("region", { name: region, exact: true }).getByRole("row").filter({ hasText: inquiry });

const state = (staff: Staff, words: string) => staff.page.getByRole("main").getByText(words, { exact: true }).first();

const HOUR = 3600;

test("what Persona told is listed, and leads to what came of it", async ({ staff, persona }) => {
  const { inquiry, event } = await happened(persona, "approved");
  expect(await tell(event)).toBe(200);
  expect(await tell(event)).toBe(200);
  const viewer = await staff("viewer");
  await viewer.section("Events").click();
  const listed = row(viewer, "Events", inquiry);
  await viewer.reloadUntil(listed.getByText("Applied"));
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText("The inquiry became what it says");
  await listed.getByRole("link", { name: "inquiry.approved" }).click();
  await viewer.shows("inquiry.approved");
  await expect(viewer.page.getByText("What we know of the inquiry now comes from it.")).toBeVisible();
  await isAccessible(viewer.page);
  await viewer.page.getByRole("link", { name: inquiry }).click();
  await viewer.shows(inquiry);
  await expect(state(viewer, "Approved")).toBeVisible();
});

test("what was told late does not undo what is newer", async ({ staff, persona }) => {
  const { id } = await persona.seed("approved");
  const [newest, older] = await eventsOf(id);
  for (const event of [newest, older]) if (event) expect(await tell(event)).toBe(200);
  const viewer = await staff("viewer");
  await viewer.open("/ops/events");
  await viewer.reloadUntil(row(viewer, "Events", id).getByText("Something newer was known"));
  await viewer.open(`/ops/inquiries/${id}`);
  await expect(state(viewer, "Approved")).toBeVisible();
});

test("the list is narrowed by event and state, and its address tells both", async ({ staff, persona }) => {
  const { inquiry, event } = await happened(persona, "declined");
  expect(await tell(event)).toBe(200);
  const viewer = await staff("viewer");
  const { page } = viewer;
  await viewer.open("/ops/events");
  const table = page.getByRole("region", { name: "Events", exact: true });
  await page.getByRole("combobox", { name: "Event" }).selectOption("inquiry.declined");
  await expect(page).toHaveURL(/name=inquiry\.declined/);
  await expect(table.getByRole("row").filter({ hasText: inquiry })).toHaveCount(1);
  const names = await table.getByRole("rowheader").allTextContents();
  expect(new Set(names)).toEqual(new Set(["inquiry.declined"]));
  await page.getByRole("combobox", { name: "State" }).selectOption("Ignored");
  await expect(page).toHaveURL(/state=ignored/);
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Older" }).click();
  await expect(table.getByRole("row")).not.toHaveCount(0);
  await page.getByRole("link", { name: "Back to the newest" }).click();
  await expect(table.getByRole("row").filter({ hasText: inquiry })).toHaveCount(1);
});

test("what cannot be applied is parked with its cause, and replayed when it is mended", async ({ staff, persona }) => {
  const { inquiry, event } = await parked(persona);
  const viewer = await staff("viewer");
  await viewer.open("/ops/events");
  await viewer.reloadUntil(row(viewer, "Parked events", inquiry));
  await isAccessible(viewer.page);
  await row(viewer, "Parked events", inquiry).getByRole("link", { name: "inquiry.approved" }).click();
  await expect(viewer.page.getByText(/^It could not be applied: .*404/)).toBeVisible();
  await viewer.isNotFor("Replay", "operator or admin");
  await isAccessible(viewer.page);
  const path = `/ops/events/${event.id}`;
  expect(await viewer.post(`${path}/replay`)).toBe(403);

  await persona.clearFaults();
  const operator = await staff("operator");
  await operator.open(path);
  await operator.page.getByRole("button", { name: "Replay" }).click();
  await operator.isTold("It will be applied again in a moment. Reload the page to see what came of it.");
  await operator.reloadUntil(state(operator, "Applied"));
  await expect(operator.page.getByText(/^It could not be applied/)).toHaveCount(0);
  await operator.open("/ops/events");
  await expect(row(operator, "Parked events", inquiry)).toHaveCount(0);
});

test("an event that still cannot be applied is parked again", async ({ staff, persona }) => {
  const { inquiry, event } = await parked(persona);
  const operator = await staff("operator");
  await operator.open("/ops/events");
  await operator.reloadUntil(row(operator, "Parked events", inquiry));
  const asked = (await persona.requests(inquiry)).length;
  await operator.open(`/ops/events/${event.id}`);
  await operator.page.getByRole("button", { name: "Replay" }).click();
  await operator.isTold("It will be applied again in a moment. Reload the page to see what came of it.");
  await operator.reloadUntil(state(operator, "Parked"));
  expect((await persona.requests(inquiry)).length).toBe(asked + 1);
});

test("what Persona did not sign is counted and not listed", async ({ staff, persona }) => {
  const { inquiry, event } = await happened(persona, "declined");
  const viewer = await staff("viewer");
  await viewer.open("/ops/events");
  const refused = viewer.page.getByRole("term").filter({ hasText: "Refused since the start" });
  const count = async () => Number.parseInt((await refused.locator("xpath=following-sibling::dd").textContent()) ?? "");
  const before = await count();
  expect(await tell(event, "wbhsec_of-somebody-else")).toBe(401);
  await viewer.page.reload();
  expect(await count()).toBe(before + 1);
  await expect(viewer.page.getByText(inquiry)).toHaveCount(0);
});

test("an event that nobody knows is told to be unknown", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const operator = await staff("operator");
  await operator.open("/ops/events/evt_nothing");
  await expect(operator.page.getByText("There is no such event.")).toBeVisible();
  await isAccessible(operator.page);
  expect(await operator.post("/ops/events/evt_nothing/replay")).toBe(404);
});

test("the list is reached and narrowed by keyboard", async ({ staff, persona }) => {
  const { event } = await happened(persona, "declined");
  expect(await tell(event)).toBe(200);
  const { page } = await staff("viewer");
  await page.getByRole("link", { name: "Events", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Events" })).toBeVisible();
  await tabTo(page, page.getByRole("combobox", { name: "State" }));
  await page.keyboard.type("Ap");
  await expect(page).toHaveURL(/state=applied/);
  const link = page.getByRole("region", { name: "Events", exact: true }).getByRole("link").first();
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("term").filter({ hasText: "Told by" })).toBeVisible();
});

test("where nothing was told yet the page teaches how, and a sweep finds what happened", async ({ another, persona }) => {
  const leftoff = await Another.start({ LEFTOFF_OPS__SECOND_FACTOR: "optional" });
  try {
    await leftoff.add("operator", "Otto Operator", "otto@example.com", "of-the-events-and-long-enough");
    const operator = await another(leftoff.origin);
    await operator.open("/ops");
    await operator.signInAs("otto@example.com", "of-the-events-and-long-enough");
    await operator.section("Events").click();
    await expect(operator.page.getByRole("heading", { name: "Persona told nothing yet" })).toBeVisible();
    await expect(operator.page.getByText(`${leftoff.origin}/webhooks/persona`).first()).toBeVisible();
    await isAccessible(operator.page);
    // By the clock of Leftoff it happened three hours ago, however far tests moved Persona's.
    const { id } = await persona.seed("approved", { age_seconds: (await persona.ahead()) + 3 * HOUR });
    await new Links(leftoff.env).create(id);
    await operator.page.getByRole("button", { name: "Look for missed events" }).click();
    await operator.isTold("The sweep has started. What it finds is listed below.");
    await operator.reloadUntil(operator.page.getByText("found something, listed below."));
    await isAccessible(operator.page);
    // What is a minute old may still come by a webhook, so it is not missed yet.
    const begun = (await eventsOf(id)).at(-1);
    await operator.open(`/ops/events/${begun?.id}`);
    await operator.shows("inquiry.created");
    await expect(operator.page.getByText("Sweep, no webhook")).toBeVisible();
  } finally {
    await leftoff.stop();
  }
});

test("only who may act on inquiries looks for missed events", async ({ staff }) => {
  for (const role of ["viewer", "auditor"] as const) {
    const somebody = await staff(role);
    await somebody.open("/ops/events");
    await somebody.isNotFor("Look for missed events", "operator or admin");
    expect(await somebody.post("/ops/events/sweep")).toBe(403);
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("events are narrowed, looked at and replayed", async ({ staff, persona }) => {
    const { inquiry, event } = await parked(persona);
    const operator = await staff("operator");
    await operator.section("Events").click();
    await operator.reloadUntil(row(operator, "Parked events", inquiry));
    await operator.page.getByRole("combobox", { name: "State" }).selectOption("Parked");
    await operator.page.getByRole("button", { name: "Apply" }).click();
    await row(operator, "Events", inquiry).getByRole("link", { name: event.attributes.name }).click();
    await persona.clearFaults();
    await operator.page.getByRole("button", { name: "Replay" }).click();
    await operator.reloadUntil(state(operator, "Applied"));
  });
});
