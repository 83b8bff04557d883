// The API in words: for everybody, without a key, and as whole as the document that it is made from.
import { isAccessible } from "../support/axe.ts";
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/keyboard.ts";
import { run } from "../support/run.ts";

const DOCS = "/api/v1/docs";

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { summary?: string; operationId: string }>>;
}

async function document(): Promise<Document> {
  return (await (await fetch(`${run().portal}/api/v1/openapi.json`)).json()) as Document;
}

test("every operation of the document is explained", async ({ page }) => {
  await page.goto(run().portal + DOCS);
  await expect(page.getByRole("heading", { level: 1, name: "The API of Leftoff" })).toBeVisible();
  const { openapi, paths } = await document();
  expect(openapi).toMatch(/^3\.1/);
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(8);
  for (const { summary } of operations) {
    const section = page.getByRole("region", { name: summary ?? "", exact: true });
    await expect(section.getByRole("table", { name: "Answers" })).toBeVisible();
  }
  const link = page.getByRole("link", { name: "an OpenAPI 3.1 document" });
  expect(await link.getAttribute("href")).toBe("/api/v1/openapi.json");
});

test("the page is accessible", async ({ page }) => {
  test.slow();
  await page.goto(run().portal + DOCS);
  await isAccessible(page);
});

test("a keyboard gets to an operation, and past the contents", async ({ page }) => {
  await page.goto(run().portal + DOCS);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.reload();
  const contents = page.getByRole("navigation", { name: "Contents" });
  const link = contents.getByRole("link", { name: "POST /links", exact: true });
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  const { paths } = await document();
  const operation = paths["/api/v1/links"]?.["post"];
  await expect(page).toHaveURL(new RegExp(`#${operation?.operationId}$`));
  await expect(page.getByRole("heading", { name: operation?.summary ?? "" })).toBeInViewport();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page is the same", async ({ page }) => {
    await page.goto(run().portal + DOCS);
    await page.getByRole("link", { name: "Errors", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Errors" })).toBeInViewport();
    await expect(page.getByRole("table")).not.toHaveCount(0);
  });
});
