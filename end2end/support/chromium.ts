// Which browser runs, and how.
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";

type Use = Partial<PlaywrightTestOptions & PlaywrightWorkerOptions>;

/** Debian's Chromium, without its own business on the network. */
export const chromium: Use = {
  browserName: "chromium",
  locale: "en",
  launchOptions: {
    executablePath: process.env["LEFTOFF_CHROMIUM"] ?? "/usr/bin/chromium",
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
  },
};
