// The queue: found, narrowed, saved, by mouse and by keyboard.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, test } from "../../support/ops.ts";
import { demoLink } from "../../support/run.ts";

test("the queue lists an expired inquiry and leads to it", async ({ staff }) => {
  const { page } = await staff("viewer");
  await page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Expired/ }).click();
  await expect(page).toHaveURL(/need=expired/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Expired");
  const first = page.getByRole("table").getByRole("link", { name: /^inq_/ }).first();
  const inquiry = await first.textContent();
  await first.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(inquiry ?? "");
});

test("a filter that is picked is applied at once and stands in the address", async ({ staff }) => {
  const { page } = await staff("viewer");
  await page.getByLabel("Sessions used").selectOption("All 25");
  await expect(page).toHaveURL(/sessions=25/);
  await expect(page.getByText(demoLink("locked-out").inquiry)).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/sessions/);
});

test("an inquiry is found by its ID, and what is not there is said", async ({ staff, alarms }) => {
  alarms.expect(answered(404));
  const viewer = await staff("viewer");
  const { inquiry, url } = demoLink("expired");
  for (const text of [inquiry, url, "demo-expired"]) {
    await viewer.find(text);
    await expect(viewer.page).toHaveURL(new RegExp(`/ops/inquiries/${inquiry}$`));
  }
  await viewer.find("nothing-of-this-name");
  await expect(viewer.page.getByRole("heading", { name: "Nothing was found" })).toBeVisible();
});

test("a view is saved, opened and forgotten", async ({ staff }) => {
  const { page } = await staff("operator");
  await page.getByLabel("Last contact").selectOption({ index: 1 });
  await expect(page).toHaveURL(/quiet=24/);
  await page.getByText("Save this view").click();
  await page.getByLabel("Name").fill("Quiet ones");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const views = page.getByRole("navigation", { name: "Saved views" });
  await page.getByRole("navigation", { name: "Reasons" }).getByRole("link", { name: /^Expired/ }).click();
  await views.getByRole("link", { name: "Quiet ones" }).click();
  await expect(page).toHaveURL(/quiet=24/);
  await views.getByRole("button", { name: "Forget the view Quiet ones" }).click();
  await expect(views.getByRole("link", { name: "Quiet ones" })).toHaveCount(0);
});

test("a view for everybody is there for others, who cannot forget it", async ({ staff }) => {
  const operator = await staff("operator");
  await operator.page.getByLabel("Sessions used").selectOption("20 or more");
  await expect(operator.page).toHaveURL(/sessions=20/);
  await operator.page.getByText("Save this view").click();
  await operator.page.getByLabel("Name").fill("Nearly locked out");
  await operator.page.getByRole("checkbox", { name: "For everybody" }).check();
  await operator.page.getByRole("button", { name: "Save", exact: true }).click();
  const viewer = await staff("viewer");
  const view = viewer.page.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: "Nearly locked out" });
  await view.click();
  await expect(viewer.page).toHaveURL(/sessions=20/);
  await expect(viewer.page.getByRole("button", { name: "Forget the view Nearly locked out" })).toHaveCount(0);
  await operator.page.getByRole("button", { name: "Forget the view Nearly locked out" }).click();
  await viewer.open("/ops");
  await expect(view).toHaveCount(0);
});

test("an inquiry is found by each of its identifiers", async ({ staff, persona, links }) => {
  const { id } = await persona.seed("pending", { reference_id: "one-of-its-kind-4711" });
  const link = await links.create(id);
  const operator = await staff("operator");
  await operator.open(`/ops/inquiries/${id}`);
  const account = await operator.page.getByRole("link", { name: /^act_/ }).textContent();
  for (const text of [id, ` ${id} `, link.id, link.url, link.token, "one-of-its-kind-4711", "one-of-its", account ?? ""]) {
    await operator.find(text);
    await expect(operator.page, text).toHaveURL(new RegExp(`/ops/inquiries/${id}$`));
  }
});

test("the queue is sorted by its headings, and the address keeps the order", async ({ staff }) => {
  const { page } = await staff("viewer");
  const ages = async () => {
    const times = page.getByRole("table").getByRole("row").getByRole("cell").getByRole("time");
    const all = await times.evaluateAll((found) => found.map((time) => time.getAttribute("datetime") ?? ""));
    return all;
  };
  await page.getByRole("columnheader", { name: "Waiting" }).getByRole("link").click();
  await expect(page).toHaveURL(/order=newest/);
  await expect(page.getByRole("columnheader", { name: "Waiting" })).toHaveAttribute("aria-sort", "descending");
  const newest = (await ages())[0] ?? "";
  await page.getByRole("columnheader", { name: "Waiting" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Waiting" })).toHaveAttribute("aria-sort", "ascending");
  expect(((await ages())[0] ?? "") < newest).toBe(true);
  await page.getByRole("columnheader", { name: "Last contact" }).getByRole("link").click();
  await expect(page).toHaveURL(/order=quietest/);
  await expect(page.getByRole("table").getByRole("cell", { name: "Never" }).first()).toBeVisible();
});

test("the pages of the queue go there and back, and none is lost between them", async ({ staff }) => {
  const { page } = await staff("viewer");
  const ids = () => page.getByRole("table").getByRole("link", { name: /^inq_/ }).allTextContents();
  const first = await ids();
  expect(first).toHaveLength(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  const second = await ids();
  expect(second.filter((id) => first.includes(id))).toEqual([]);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page).toHaveURL(/before=/);
  expect(await ids()).toEqual(first);
});

test("one box ticks the whole page", async ({ staff }) => {
  const { page } = await staff("operator");
  await page.getByRole("checkbox", { name: "Tick all on this page" }).check();
  for (const box of await page.getByRole("checkbox", { name: /^Tick inq_/ }).all()) await expect(box).toBeChecked();
});

test("the queue is accessible, full and empty", async ({ staff }) => {
  const viewer = await staff("viewer");
  await isAccessible(viewer.page);
  await viewer.open("/ops?template=none");
  await expect(viewer.page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await isAccessible(viewer.page);
});
