// Accessible in every state, light and dark, on a phone and on a desk, from left to right and from right to left.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { states } from "../support/states.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** All that the colour scheme can change. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
/** 390 px at 200 %, and the width that WCAG 1.4.10 asks for. */
const NARROW = [195, 320];

/** What axe finds, short enough to read. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // Persona's frame is Persona's; without it no second page is needed, which is several times faster.
  const axe = new AxeBuilder({ page }).exclude("iframe").setLegacyMode();
  if (rules) axe.withRules(rules);
  else axe.withTags(RULES);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// A trace would keep axe itself four times for each state.
test.use({ trace: "off" });

for (const language of ["en", "ar"]) {
  test.describe(language, () => {
    test.use({ locale: language });

    for (const state of states) {
      test(`${state.name} is accessible in ${language}`, async ({ portal, persona, links, alarms, linkTo }) => {
        const { page } = portal;
        await state.reach({ portal, persona, links, alarms, linkTo });
        await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        for (const viewport of [PHONE, DESK]) {
          for (const colorScheme of ["light", "dark"] as const) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            const rules = colorScheme === "dark" ? COLOUR_RULES : undefined;
            expect.soft(await violations(page, rules), `${viewport.width} px, ${colorScheme}`).toEqual([]);
          }
        }
        for (const width of NARROW) {
          await page.setViewportSize({ width, height: 600 });
          expect.soft(await overflow(page), `horizontal scroll at ${width} px`).toBe(0);
        }
      });
    }
  });
}

test("text at 200 % needs no horizontal scroll", async ({ portal, linkTo }) => {
  await portal.open((await linkTo("expired")).url);
  await portal.page.setViewportSize(PHONE);
  await portal.page.evaluate(() => {
    document.documentElement.style.setProperty("font-size", "200%");
  });
  expect(await overflow(portal.page)).toBe(0);
});

test("axe finds what is wrong", async ({ page }) => {
  await page.setContent("<img src='data:,'>");
  expect((await violations(page)).join()).toContain("image-alt");
});
