// The funnel: charts with the table behind them, narrowed by days and filters, all of it in the address.
import { isAccessible } from "../../support/axe.ts";
import type { Page } from "@playwright/test";
import { expect, test } from "../../support/ops.ts";

/** How many links were made, by the table of steps; other tests only ever add some. */
async function made(page: Page): Promise<number> {
  const cell = page.getByRole("region", { name: "Steps" }).getByRole("cell").first();
  return Number((await cell.textContent())?.replace(/\D/g, ""));
}

test("the chart says what its table says", async ({ staff }) => {
  const viewer = await staff("viewer");
  await viewer.section("Funnel").click();
  const { page } = viewer;
  const chart = page.getByRole("img", { name: /^Bars of how many links reached each step/ });
  const words = (await chart.getAttribute("aria-label")) ?? "";
  const drawn = [...words.matchAll(/ (\d+)[,.]/g)].map(([, number]) => number);
  const rows = page.getByRole("region", { name: "Steps" }).getByRole("row");
  await expect(rows).toHaveCount(drawn.length + 1);
  for (const [index, number] of drawn.entries()) {
    await expect(rows.nth(index + 1).getByRole("cell").first()).toHaveText(Number(number).toLocaleString("en"));
  }
  expect(Number(drawn[0])).toBeGreaterThan(Number(drawn.at(-1)));
  expect(Number(drawn.at(-1))).toBeGreaterThan(0);
});

test("days, filters and groups are picked, followed and cleared", async ({ staff }) => {
  const viewer = await staff("viewer");
  await viewer.open("/ops/funnel");
  const { page } = viewer;
  await page.getByRole("navigation", { name: "Days" }).getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/days=7/);
  await page.getByRole("navigation", { name: "Days" }).getByRole("link", { name: "Last 30 days" }).click();
  for (const by of ["channel", "template", "maker"]) {
    await page.getByLabel("Group by").selectOption(by);
    await expect(page).toHaveURL(new RegExp(`by=${by}`));
    const group = page.getByRole("region", { name: `By ${by}` });
    await expect(group).toBeVisible();
    await isAccessible(page);
    await group.getByRole("rowheader").getByRole("link").first().click();
    await expect(page).toHaveURL(new RegExp(`${by}=[^&]+`));
    const some = await made(page);
    await page.getByRole("link", { name: "Clear", exact: true }).click();
    await expect(page).not.toHaveURL(new RegExp(`[?&]${by}=`));
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThanOrEqual(await made(page));
  }
  await page.getByLabel("From", { exact: true }).fill("2020-01-01");
  await page.getByLabel("To", { exact: true }).fill("2020-01-02");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "No links were made on these days" })).toBeVisible();
  await expect(page).toHaveURL(/from=2020-01-01/);
});

test("the days before the last month are one press away", async ({ staff }) => {
  const viewer = await staff("viewer");
  await viewer.open("/ops/funnel?days=90");
  await expect(viewer.page.getByRole("link", { name: "Last 90 days" })).toHaveAttribute("aria-current", "page");
  await expect(viewer.page.getByText(/Lines of how many|over 90 days/).or(viewer.page.getByRole("img", { name: /over 90 days/ }))).toBeVisible();
});
