// Visits pages in a slowed Chromium, one after the other, each as a stranger with nothing cached. Takes a line of JSON with
// `url`, `button` (a selector) and `network`/`cpu` for each visit, and answers each by a line with `ms` and `bytes`.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const PATIENCE_MS = 60_000;

const browser = await chromium.launch({
  executablePath: process.env.LEFTOFF_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** In the page: presses the button when it is there, and tells when the frame's "ready" is painted. */
function press(button) {
  if (window !== window.top) return;
  const pressed = () => {
    const found = document.querySelector(button);
    found?.click();
    return found !== null;
  };
  new MutationObserver((_, observer) => {
    if (pressed()) observer.disconnect();
  }).observe(document, { attributes: true, childList: true, subtree: true });
  const isReady = ({ data }) => data?.name === "ready";
  const tell = () => window.tellReady(performance.now());
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(tell));
  window.addEventListener("message", (event) => isReady(event) && painted(), true);
}

async function slow(page, { latency, down, up, cpu }) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency,
    downloadThroughput: down / 8,
    uploadThroughput: up / 8,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  return devtools;
}

async function visit({ url, button, ...limits }) {
  const context = await browser.newContext({ locale: "en" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const ready = new Promise((resolve) => page.exposeFunction("tellReady", resolve));
    await page.addInitScript(press, button);
    const devtools = await slow(page, limits);
    let bytes = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(url, { waitUntil: "commit" });
    const ms = await before(PATIENCE_MS, ready);
    const weight = bytes;
    await isShown(page);
    return { ms, bytes: weight };
  } finally {
    await context.close();
  }
}

/** A message is only a hint: the flow itself must be on view. */
async function isShown(page) {
  const frame = page.frames().find((frame) => new URL(frame.url()).pathname === "/widget");
  if (!frame) throw new Error("there is no frame of Persona");
  // Chromium slows the frames of the page's own site only; others have a process of their own.
  const [site, framed] = [page, frame].map((one) => new URL(one.url()).hostname);
  if (site !== framed) throw new Error("the frame was not slowed");
  await frame.getByRole("heading", { name: "Simulated identity check" }).waitFor();
  await frame.getByRole("button", { name: "Cancel" }).waitFor();
}

async function before(limit, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the flow was not ready in time")), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

console.log(JSON.stringify({ browser: `Chromium ${browser.version()}` }));
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await visit(JSON.parse(line))));
}
await browser.close();
