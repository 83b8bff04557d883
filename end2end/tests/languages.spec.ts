// Every language: readable on the smallest phone, reached by the switch with the keyboard alone, and of no cost to the wasm.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAccessible, overflow } from "../support/axe.ts";
import { expect, test } from "../support/fixtures.ts";
import { root, run } from "../support/run.ts";
import { languages, leftward, text, words } from "../support/words.ts";

// A trace would keep axe itself four times for each page.
test.use({ trace: "off" });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ locale: language });

    test(`the page of a link is accessible in ${language}`, async ({ portal, linkTo }) => {
      await portal.open((await linkTo("expired")).url);
      const html = portal.page.locator("html");
      await expect(html).toHaveAttribute("lang", language);
      await expect(html).toHaveAttribute("dir", leftward.includes(language) ? "rtl" : "ltr");
      await portal.shows(words(language)("welcome-title"));
      await isAccessible(portal.page);
      for (const path of ["/", "/recover", "/recover/sent"]) {
        await portal.page.goto(`${run().portal}${path}`);
        for (const width of [195, 320]) {
          await portal.page.setViewportSize({ width, height: 600 });
          expect.soft(await overflow(portal.page), `${path} at ${width} px`).toBe(0);
        }
      }
    });
  });
}

test("the switch leads to every language by the keyboard, without JavaScript", async ({ device, linkTo }) => {
  const portal = await device({ javaScriptEnabled: false });
  await portal.page.goto((await linkTo("expired")).url);
  const nav = portal.page.getByRole("navigation", { name: words("en")("languages"), exact: true });
  await expect(nav.getByRole("link")).toHaveCount(languages.length);
  for (const language of languages) {
    const link = portal.page.getByRole("link", { name: words(language)("language-name"), exact: true });
    await expect(link).toHaveAttribute("lang", language);
    await expect(link).toHaveAttribute("hreflang", language);
    await expect(link).toHaveAttribute("dir", leftward.includes(language) ? "rtl" : "ltr");
    await link.focus();
    await portal.page.keyboard.press("Enter");
    await portal.shows(words(language)("welcome-title"));
    await expect(link).toHaveAttribute("aria-current", "true");
  }
});

test("the flow speaks the page's language, by Persona's code", async ({ device, linkTo }) => {
  const portal = await device({ locale: "zh-TW" });
  await portal.page.goto((await linkTo("expired")).url);
  await portal.page.getByRole("button", { name: words("zh-Hant")("continue"), exact: true }).click();
  const frame = portal.page.locator("iframe");
  await expect(frame).toHaveAttribute("src", /[?&]language=zh-TW(&|$)/);
  await expect(frame).toHaveAttribute("title", words("zh-Hant")("dialog-title"));
});

test("the wasm has no word of any language", () => {
  const folder = join(root, "target/site/pkg");
  const files = readdirSync(folder).filter((file) => file.endsWith(".wasm"));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const wasm = readFileSync(join(folder, file));
    for (const language of languages) {
      const said = [...text(language).matchAll(/^(?:\S+ =|\s+\*?\[\w+\]) (.{8,})$/gm)].map(([, value]) => value ?? "");
      expect(said.length).toBeGreaterThan(50);
      // A language that is named by its code only is no word; a sentence has parts without variables.
      const parts = said.flatMap((value) => value.split(/\{.*?\}/)).filter((part) => part.trim().length >= 8);
      expect(parts.filter((part) => wasm.includes(part)), `${language} in ${file}`).toEqual([]);
    }
  }
});
