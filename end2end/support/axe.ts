// What axe finds on a page, and whether the page scrolls sideways.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };
/** Each width and each scheme, by all rules. What differs between the widths is what is shown, not its colours. */
const LOOKS = [
  [PHONE, "light"],
  [DESK, "dark"],
] as const;
/** 390 px at 200 %, and the width that WCAG 1.4.10 asks for. */
const NARROW = [195, 320];

/** What axe finds, short enough to read. */
export async function violations(page: Page): Promise<string[]> {
  // Persona's frame is Persona's; without it no second page is needed, which is several times faster.
  const axe = new AxeBuilder({ page }).exclude("iframe").setLegacyMode().withTags(RULES);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What reaches beyond the page's edge, the innermost of it. */
async function beyond(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    if (document.documentElement.scrollWidth <= clientWidth) return [];
    const scrolls = (one: Element | null): boolean =>
      one !== null && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const all = [...document.querySelectorAll("body *")].filter((one) => !scrolls(one.parentElement));
    const wide = all.filter((one) => one.getBoundingClientRect().right > clientWidth);
    const inner = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
    return inner.map((one) => one.outerHTML.slice(0, 120));
  });
}

/** Accessible on a phone and on a desk, light and dark, and readable at every width. */
export async function isAccessible(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  for (const [viewport, colorScheme] of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    expect.soft(await violations(page), `${viewport.width} px, ${colorScheme}`).toEqual([]);
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 600 });
    expect.soft(await overflow(page), `horizontal scroll at ${width} px: ${await beyond(page)}`).toBe(0);
  }
}
