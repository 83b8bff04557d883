// The README's picture: the page of a link on a desk and on a phone, side by side.
import { join } from "node:path";
import { test } from "../support/fixtures.ts";
import { root } from "../support/run.ts";

const desktop = { width: 1040, height: 860 };
const phone = { width: 390, height: 860 };

test("docs/welcome.png", async ({ portal, page, linkTo, browser }) => {
  const link = await linkTo("expired");
  const shots: string[] = [];
  for (const viewport of [desktop, phone]) {
    await page.setViewportSize(viewport);
    await portal.open(link.url);
    shots.push((await page.screenshot()).toString("base64"));
  }
  const sheet = await browser.newPage({ viewport: { width: 1500, height: 930 }, deviceScaleFactor: 1 });
  await sheet.setContent(`
    <style>
      body { margin: 0; display: flex; gap: 24px; padding: 24px; background: #dfe3e8; }
      img { height: 860px; border-radius: 14px; box-shadow: 0 6px 24px rgb(0 0 0 / .18); }
    </style>
    ${shots.map((shot) => `<img src="data:image/png;base64,${shot}">`).join("")}`);
  const { width, height } = await sheet.evaluate(() => ({
    width: document.body.scrollWidth,
    height: document.body.scrollHeight,
  }));
  await sheet.setViewportSize({ width, height });
  await sheet.screenshot({ path: join(root, "docs/welcome.png") });
  await sheet.close();
});
