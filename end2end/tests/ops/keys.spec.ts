// Keys of the API: made, shown once, used by a program, and taken back.
import { randomBytes } from "node:crypto";
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { tabTo } from "../../support/keyboard.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import { run } from "../../support/run.ts";

interface Key {
  name: string;
  token: string;
}

const named = () => `Backend ${randomBytes(3).toString("hex")}`;

async function make(admin: Staff, scopes: string[], life = "Until it is revoked"): Promise<Key> {
  const name = named();
  await admin.section("API keys").click();
  await admin.page.getByRole("link", { name: "Make a key" }).click();
  await admin.page.getByLabel("Name").fill(name);
  for (const scope of scopes) await admin.page.getByRole("checkbox", { name: scope }).check();
  await admin.page.getByLabel("Good for").selectOption(life);
  await admin.page.getByRole("button", { name: "Make the key" }).click();
  await admin.shows("The key is made");
  return { name, token: await admin.shownOnce("key") };
}

/** What a program of the company's own is answered. */
async function ask(path: string, token: string, init: RequestInit = {}): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return (await fetch(`${run().portal}/api/v1/${path}`, { ...init, headers })).status;
}

const row = (staff: Staff, name: string) =>
  staff.page.getByRole("region", { name: "API keys" }).getByRole("row").filter({ hasText: name });

test("a key is shown once, and does what its scopes say and nothing else", async ({ staff, linkTo }) => {
  const admin = await staff("admin");
  await admin.open("/ops/keys/new");
  await isAccessible(admin.page);
  const { name, token } = await make(admin, ["links:read", "links:write"], "90 days");
  await admin.isTold(`${name} may use: links:read, links:write.`);
  await isAccessible(admin.page);
  await admin.page.getByRole("link", { name: "Back to the keys" }).click();
  await expect(admin.page.getByText(token)).toHaveCount(0);
  await expect(row(admin, name)).toContainText(/Active.*links:read.*links:write.*Never/);

  const { inquiry } = await linkTo("pending");
  const body = JSON.stringify({ inquiry_id: inquiry });
  expect(await ask("links", token)).toBe(200);
  expect(await ask("links", token, { method: "POST", body })).toBe(201);
  expect(await ask("inquiries", token)).toBe(403);
  expect(await ask("links", `${token}x`)).toBe(401);
  await admin.page.reload();
  await expect(row(admin, name)).not.toContainText("Never");
  await isAccessible(admin.page);
  await admin.open(`/ops/inquiries/${inquiry}`);
  await expect(admin.page.getByText(`API key ${name}`).first()).toBeVisible();
});

test("a key that is taken back is refused at once, after a question", async ({ staff }) => {
  const admin = await staff("admin");
  const { name, token } = await make(admin, ["events:read"]);
  expect(await ask("events", token)).toBe(200);
  await admin.section("API keys").click();
  await admin.page.getByRole("link", { name: `Revoke ${name}` }).click();
  await admin.shows("Revoke this key?");
  await isAccessible(admin.page);
  await admin.page.getByRole("link", { name: "Keep it" }).click();
  expect(await ask("events", token)).toBe(200);
  await admin.page.getByRole("link", { name: `Revoke ${name}` }).click();
  await admin.page.getByRole("button", { name: "Revoke for good" }).click();
  await admin.isTold("The key is revoked. Whoever sends it gets nothing any more.");
  await expect(row(admin, name)).toContainText("Revoked");
  await expect(admin.page.getByRole("link", { name: `Revoke ${name}` })).toHaveCount(0);
  expect(await ask("events", token)).toBe(401);
});

test("a key without a name or a scope is not made", async ({ staff, alarms }) => {
  alarms.expect(answered(422));
  const admin = await staff("admin");
  const { page } = admin;
  await admin.open("/ops/keys/new");
  await page.getByLabel("Name").fill("May nothing");
  await page.getByRole("button", { name: "Make the key" }).click();
  await admin.isWarned("No key was made");
  await expect(page.getByLabel("Name")).toHaveValue("May nothing");
  await isAccessible(page);
  await admin.section("API keys").click();
  await expect(page.getByText("May nothing")).toHaveCount(0);
});

test("an auditor sees keys, and no way to make or revoke one", async ({ staff }) => {
  const admin = await staff("admin");
  const { name, token } = await make(admin, ["events:read"]);
  await admin.section("API keys").click();
  const path = (await admin.page.getByRole("link", { name: `Revoke ${name}` }).getAttribute("href")) ?? "";
  const auditor = await staff("auditor");
  await auditor.section("API keys").click();
  await expect(row(auditor, name)).toContainText("Active");
  await expect(row(auditor, name).getByRole("link")).toHaveCount(0);
  await auditor.isNotFor("Make a key", "admin");
  for (const role of ["auditor", "operator", "viewer"] as const) {
    const somebody = role === "auditor" ? auditor : await staff(role);
    expect(await somebody.post(path), role).toBe(403);
    expect(await somebody.status(path), role).toBe(403);
    expect(await somebody.post("/ops/keys/new", { name: "Of nobody", scope: "events:read" }), role).toBe(403);
  }
  expect(await ask("events", token)).toBe(200);
});

test("a key that nobody knows is told to be unknown", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const admin = await staff("admin");
  await admin.open("/ops/keys/nothing/revoke");
  await expect(admin.page.getByText("There is no such key, or it is not active any more.")).toBeVisible();
  await isAccessible(admin.page);
});

test("a key is made, copied and taken back by keyboard alone", async ({ staff }) => {
  const admin = await staff("admin");
  const { page } = admin;
  const name = named();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await admin.open("/ops/keys/new");
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole("checkbox", { name: "receipts:read" }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Make the key" }));
  await page.keyboard.press("Enter");
  await admin.shows("The key is made");
  const token = await admin.shownOnce("key");
  await tabTo(page, page.getByRole("button", { name: "Copy" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  expect(await ask("receipts", token)).toBe(200);
  await tabTo(page, page.getByRole("link", { name: "Back to the keys" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: `Revoke ${name}` }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Revoke for good" }));
  await page.keyboard.press("Enter");
  await admin.isTold("The key is revoked. Whoever sends it gets nothing any more.");
  expect(await ask("receipts", token)).toBe(401);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a key is made and taken back", async ({ staff }) => {
    const admin = await staff("admin");
    const { name, token } = await make(admin, ["inquiries:read"]);
    expect(await ask("inquiries", token)).toBe(200);
    await admin.page.getByRole("link", { name: "Back to the keys" }).click();
    await admin.page.getByRole("link", { name: `Revoke ${name}` }).click();
    await admin.page.getByRole("button", { name: "Revoke for good" }).click();
    await admin.isTold("The key is revoked. Whoever sends it gets nothing any more.");
    expect(await ask("inquiries", token)).toBe(401);
  });
});
