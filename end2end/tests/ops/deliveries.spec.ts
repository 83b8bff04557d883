// Deliveries: a real receiver is added, believes what its secret signed, fails, is tried once more, and is let go.
import { randomBytes } from "node:crypto";
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { tabTo } from "../../support/keyboard.ts";
import { expect, type Staff, test as base } from "../../support/ops.ts";
import { person } from "../../support/person.ts";
import { type Receiver, verified } from "../../support/receiver.ts";

interface Endpoint {
  name: string;
  path: string;
  secret: string;
}

interface Fixtures {
  /** Adds the receiver as an endpoint, which is told nothing any more when the test ends. */
  add: (admin: Staff, events?: string[]) => Promise<Endpoint>;
}

const test = base.extend<Fixtures>({
  add: async ({ receiver }, use) => {
    const added: [Staff, Endpoint][] = [];
    await use(async (admin, events) => {
      const endpoint = await fillIn(admin, receiver, events);
      added.push([admin, endpoint]);
      return endpoint;
    });
    for (const [admin, { path }] of added) await admin.post(`${path}/state`, { state: "disabled" });
  },
});

async function fillIn(admin: Staff, receiver: Receiver, events?: string[]): Promise<Endpoint> {
  const name = `Case system ${randomBytes(3).toString("hex")}`;
  const { page } = admin;
  await admin.section("Deliveries").click();
  await page.getByRole("link", { name: "Add an endpoint" }).click();
  await page.getByLabel("Description").fill(name);
  await page.getByLabel("Address").fill(receiver.url);
  if (events) await page.getByRole("radio", { name: "These events only" }).check();
  for (const event of events ?? []) await page.getByRole("checkbox", { name: event }).check();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await admin.isTold("The endpoint is added.");
  const secret = await admin.shownOnce("webhook-secret");
  await page.getByRole("link", { name: "Go to the endpoint" }).click();
  await admin.shows(name);
  return { name, secret, path: new URL(page.url()).pathname };
}

const log = (staff: Staff) => staff.page.getByRole("region", { name: "Deliveries" }).getByRole("row");

/** Waits until the receiver got so many. */
async function got(receiver: Receiver, count: number): Promise<void> {
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(count);
}

async function sendTest(staff: Staff): Promise<void> {
  await staff.page.getByRole("button", { name: "Send a test" }).click();
  await staff.isTold("A test is on its way. It is the newest delivery.");
}

test("a receiver is told what it chose, signed with the secret that was shown once", async ({
  staff,
  add,
  receiver,
  linkTo,
}) => {
  const { inquiry: id } = await linkTo("expired");
  const admin = await staff("admin");
  await admin.open("/ops/deliveries/new");
  await isAccessible(admin.page);
  const endpoint = await add(admin, ["A link was made"]);
  await expect(admin.page.getByText(endpoint.secret)).toHaveCount(0);
  await isAccessible(admin.page);
  const operator = await staff("operator");
  await operator.open(`/ops/inquiries/${id}`);
  const url = await operator.makeLink();
  await got(receiver, 1);
  const [received] = receiver.received;
  const told = verified(received, endpoint.secret);
  expect(told.type).toBe("link.created");
  expect(received?.body).toContain(id);
  for (const secret of [url.split("/").at(-1) ?? "", ...Object.values(person)]) expect(received?.body).not.toContain(secret);
  expect(() => verified(received, `whsec_${randomBytes(24).toString("base64")}`)).toThrow();

  await admin.open(endpoint.path);
  const first = log(admin).filter({ hasText: id });
  await expect(first).toContainText(/A link was made.*link\.created.*Delivered.*Status 204/);
  await first.getByRole("link", { name: "A link was made" }).click();
  await admin.shows("A link was made");
  await expect(admin.page.getByRole("region", { name: "Message" })).toContainText(id);
  await expect(admin.page.getByRole("region", { name: "Attempts" }).getByText("Taken")).toBeVisible();
  await isAccessible(admin.page);
});

test("what it did not choose is not told", async ({ staff, add, receiver, linkTo }) => {
  const admin = await staff("admin");
  await add(admin, ["A link was taken back"]);
  const { inquiry } = await linkTo("expired");
  const operator = await staff("operator");
  await operator.open(`/ops/inquiries/${inquiry}`);
  await operator.makeLink();
  await operator.open(`/ops/inquiries/${inquiry}`);
  await operator.page.getByRole("link", { name: /^Revoke link/ }).first().click();
  await operator.page.getByLabel("Reason").selectOption({ index: 1 });
  await operator.page.getByLabel("Note").fill("sent to somebody else");
  await operator.page.getByRole("button", { name: "Revoke for good" }).click();
  await operator.shows(inquiry);
  await got(receiver, 1);
  expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({ type: "link.revoked" });
});

test("an address where nothing may go is refused, and the form keeps what was typed", async ({ staff, alarms }) => {
  alarms.expect(answered(422));
  const admin = await staff("admin");
  const { page } = admin;
  await admin.open("/ops/deliveries/new");
  await page.getByLabel("Description").fill("Inside");
  await page.getByLabel("Address").fill("https://10.0.0.1/");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await admin.isWarned(/private/);
  await expect(page.getByLabel("Description")).toHaveValue("Inside");
  await expect(page.getByLabel("Address")).toHaveValue("https://10.0.0.1/");
  await isAccessible(page);
  await page.getByLabel("Address").fill("https://hooks.example.com/");
  await page.getByRole("radio", { name: "These events only" }).check();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await admin.isWarned(/choose at least one event/);
  await admin.section("Deliveries").click();
  await expect(page.getByText("Inside")).toHaveCount(0);
});

test("what failed is seen, and sent once more under the same ID", async ({ staff, add, receiver }) => {
  const admin = await staff("admin");
  const endpoint = await add(admin);
  receiver.status = 503;
  await sendTest(admin);
  await got(receiver, 1);
  await admin.reloadUntil(log(admin).filter({ hasText: "Given up" }));
  await expect(log(admin).filter({ hasText: "Given up" })).toContainText("Status 503");
  await expect(admin.page.getByText(/^Every attempt failed since/)).toBeVisible();
  await isAccessible(admin.page);
  receiver.status = 204;

  const operator = await staff("operator");
  await operator.open(endpoint.path);
  await log(operator).getByRole("link").first().click();
  await operator.page.getByRole("button", { name: "Send once more" }).click();
  await operator.isTold("It is sent once more, under the same ID.");
  await got(receiver, 2);
  const [first, second] = receiver.received;
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  verified(second, endpoint.secret);
  await operator.reloadUntil(operator.page.getByRole("region", { name: "Attempts" }).getByText("Taken"));
  await expect(operator.page.getByRole("region", { name: "Attempts" }).getByText("Failed")).toBeVisible();
});

test("all that failed is sent once more at once", async ({ staff, add, receiver }) => {
  const operator = await staff("operator");
  const { path } = await add(await staff("admin"));
  await operator.open(path);
  receiver.status = 500;
  for (const count of [1, 2]) {
    await sendTest(operator);
    await got(receiver, count);
  }
  await operator.reloadUntil(log(operator).filter({ hasText: "Given up" }).nth(1));
  receiver.status = 204;
  await operator.page.getByLabel("What failed in").selectOption("the last hour");
  await operator.page.getByRole("button", { name: "Send once more" }).click();
  await operator.isTold("2 deliveries are sent once more, under the same IDs.");
  await got(receiver, 4);
  await operator.reloadUntil(log(operator).filter({ hasText: "Delivered" }).nth(1));
  await operator.page.getByRole("button", { name: "Send once more" }).click();
  await operator.isWarned("Nothing failed since then, so nothing is sent.");
});

test("while a secret is rotated both sign, and then only the new one", async ({ staff, add, receiver }) => {
  const admin = await staff("admin");
  const { path, secret } = await add(admin);
  const rotate = async (when: string) => {
    await admin.open(path);
    await admin.page.getByLabel("The old secret ends").selectOption(when);
    await admin.page.getByRole("button", { name: "Rotate the secret" }).click();
    await admin.isTold("The endpoint has another secret.");
    const made = await admin.shownOnce("webhook-secret");
    await isAccessible(admin.page);
    await admin.page.getByRole("link", { name: "Go to the endpoint" }).click();
    return made;
  };
  const second = await rotate("in 24 h");
  await expect(admin.page.getByText(/^Two: the old one signs too, and ends/)).toBeVisible();
  await sendTest(admin);
  await got(receiver, 1);
  for (const one of [secret, second]) verified(receiver.received[0], one);
  const third = await rotate("at once");
  await sendTest(admin);
  await got(receiver, 2);
  verified(receiver.received[1], third);
  for (const one of [secret, second]) expect(() => verified(receiver.received[1], one)).toThrow();
});

test("an endpoint is disabled, told nothing, and enabled again", async ({ staff, add, receiver }) => {
  const admin = await staff("admin");
  const { name } = await add(admin);
  await admin.page.getByRole("button", { name: "Disable" }).click();
  await admin.isTold("The endpoint is disabled. Nothing is sent to it.");
  await admin.page.getByRole("button", { name: "Send a test" }).click();
  await admin.isWarned("The endpoint is disabled, so nothing is sent. An admin can enable it.");
  await isAccessible(admin.page);
  await admin.section("Deliveries").click();
  const row = admin.page.getByRole("region", { name: "Endpoints" }).getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Disabled");
  await row.getByRole("link", { name }).click();
  await admin.page.getByRole("button", { name: "Enable" }).click();
  await admin.isTold("The endpoint is enabled. What was on hold is sent.");
  expect(receiver.received).toEqual([]);
  await sendTest(admin);
  await got(receiver, 1);
});

test("a receiver that is gone is disabled by itself, and an alarm says so", async ({ staff, add, receiver }) => {
  const admin = await staff("admin");
  const { name } = await add(admin);
  receiver.status = 410;
  await sendTest(admin);
  await got(receiver, 1);
  await admin.reloadUntil(admin.page.getByRole("alert").filter({ hasText: "It answered that it is gone for good (410)" }));
  await isAccessible(admin.page);
  const auditor = await staff("auditor");
  await auditor.section("Deliveries").click();
  await auditor.isWarned(name);
  await isAccessible(auditor.page);
  receiver.status = 204;
  await admin.page.getByRole("button", { name: "Enable" }).click();
  await auditor.page.reload();
  await expect(auditor.page.getByRole("alert").filter({ hasText: name })).toHaveCount(0);
});

test("an endpoint is changed: its name and what it is told", async ({ staff, add }) => {
  const admin = await staff("admin");
  const { name } = await add(admin);
  await admin.page.getByRole("link", { name: "Change" }).click();
  await admin.shows("Change the endpoint");
  await isAccessible(admin.page);
  await admin.page.getByLabel("Description").fill(`${name} again`);
  await admin.page.getByRole("radio", { name: "These events only" }).check();
  await admin.page.getByRole("checkbox", { name: "The inquiry expired" }).check();
  await admin.page.getByRole("button", { name: "Change" }).click();
  await admin.isTold("The endpoint is changed.");
  await admin.shows(`${name} again`);
  await expect(admin.page.getByRole("listitem").filter({ hasText: "The inquiry expired" })).toBeVisible();
});

test("deliveries are narrowed by state and event", async ({ staff, add, receiver }) => {
  const admin = await staff("admin");
  await add(admin);
  await sendTest(admin);
  await got(receiver, 1);
  await admin.reloadUntil(log(admin).filter({ hasText: "Delivered" }));
  await admin.page.getByRole("combobox", { name: "State" }).selectOption("Given up");
  await expect(admin.page).toHaveURL(/state=failed/);
  await expect(admin.page.getByText("No delivery matches.")).toBeVisible();
  await admin.page.getByRole("link", { name: "Clear" }).click();
  await expect(log(admin)).toHaveCount(2);
  await admin.page.getByRole("combobox", { name: "Event" }).selectOption("The inquiry expired");
  await expect(admin.page.getByText("No delivery matches.")).toBeVisible();
});

test("an operator tries and sends again; the rest says whose it is", async ({ staff, add, receiver }) => {
  const { path } = await add(await staff("admin"));
  const operator = await staff("operator");
  await operator.section("Deliveries").click();
  await operator.isNotFor("Add an endpoint", "admin");
  await operator.open(path);
  for (const name of ["Change", "Rotate the secret", "Disable"]) await operator.isNotFor(name, "admin");
  for (const act of ["edit", "state", "secret"]) expect(await operator.post(`${path}/${act}`), act).toBe(403);
  expect(await operator.post("/ops/deliveries")).toBe(403);
  await sendTest(operator);
  await got(receiver, 1);

  const auditor = await staff("auditor");
  await auditor.open(path);
  for (const name of ["Send a test", "Send once more"]) await auditor.isNotFor(name, "operator or admin");
  for (const act of ["test", "replay"]) expect(await auditor.post(`${path}/${act}`), act).toBe(403);
  await log(auditor).getByRole("link").first().click();
  await auditor.isNotFor("Send once more", "operator or admin");
  const viewer = await staff("viewer");
  expect(await viewer.status(path)).toBe(403);
  expect(receiver.received).toHaveLength(1);
});

test("an endpoint that nobody knows is told to be unknown", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const admin = await staff("admin");
  await admin.open("/ops/deliveries/nothing");
  await expect(admin.page.getByText("There is no such endpoint or delivery.")).toBeVisible();
  await isAccessible(admin.page);
});

test("an endpoint is added by keyboard alone", async ({ staff, receiver }) => {
  const admin = await staff("admin");
  const { page } = admin;
  await admin.open("/ops/deliveries/new");
  await tabTo(page, page.getByLabel("Description"));
  await page.keyboard.type("By keyboard");
  await tabTo(page, page.getByLabel("Address"));
  await page.keyboard.type(receiver.url);
  await tabTo(page, page.getByRole("radio", { name: "Everything, also what later versions add" }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "These events only" })).toBeChecked();
  await tabTo(page, page.getByRole("checkbox", { name: "The inquiry was redacted" }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Add", exact: true }));
  await page.keyboard.press("Enter");
  await admin.isTold("The endpoint is added.");
  await admin.shownOnce("webhook-secret");
  await tabTo(page, page.getByRole("link", { name: "Go to the endpoint" }));
  await page.keyboard.press("Enter");
  await admin.shows("By keyboard");
  await tabTo(page, page.getByRole("button", { name: "Disable" }));
  await page.keyboard.press("Enter");
  await admin.isTold("The endpoint is disabled. Nothing is sent to it.");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an endpoint is added, tried, sent to once more and disabled", async ({ staff, add, receiver }) => {
    const admin = await staff("admin");
    const { secret } = await add(admin, ["A link was made", "A link was taken back"]);
    await sendTest(admin);
    await got(receiver, 1);
    verified(receiver.received[0], secret);
    await admin.reloadUntil(log(admin).filter({ hasText: "Delivered" }));
    await admin.page.getByRole("combobox", { name: "State" }).selectOption("Delivered");
    await admin.page.getByRole("button", { name: "Apply" }).click();
    await log(admin).getByRole("link").first().click();
    await admin.page.getByRole("button", { name: "Send once more" }).click();
    await admin.isTold("It is sent once more, under the same ID.");
    await got(receiver, 2);
    await admin.page.goBack();
  });
});
