// The second factor: set up by the code that a real authenticator reads, and asked for from then on.
import { type TOTP, URI } from "otpauth";
import { answered } from "../../support/alarms.ts";
import { Another } from "../../support/another.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import { readQrCode } from "../../support/qr.ts";

const EMAIL = "tilda@example.com";
const PASSWORD = "seven-lanterns-over-the-marsh";
const STEP_MS = 30_000;

let leftoff: Another;

test.beforeAll(async () => {
  // Without a sweep it knows no inquiry, as on a first day.
  leftoff = await Another.start({ LEFTOFF_OPS__SECOND_FACTOR: "required", LEFTOFF_SWEEP__EVERY_MINUTES: "0" });
  await leftoff.add("operator", "Tilda", EMAIL, PASSWORD);
});
test.afterAll(() => leftoff.stop());

async function answer(somebody: Staff, code: string): Promise<void> {
  await somebody.page.getByLabel("Six-digit code").fill(code);
  await somebody.page.getByRole("button", { name: "Go on" }).click();
}

/** What an authenticator makes of the picture. */
async function scan(somebody: Staff): Promise<TOTP> {
  const picture = somebody.page.getByRole("img", { name: "QR code for your authenticator" });
  return URI.parse(readQrCode(await picture.screenshot())) as TOTP;
}

/** A code that is not the right one now. */
const wrong = (totp: TOTP) => totp.generate({ timestamp: Date.now() - 100 * STEP_MS });

test("it is set up at the first sign-in, and each code works once", async ({ another, alarms }) => {
  alarms.expect(answered(401));
  const tilda = await another(leftoff.origin);
  await tilda.open("/ops?need=expired");
  await tilda.signInAs(EMAIL, PASSWORD);
  await tilda.shows("Set up your second factor");
  await isAccessible(tilda.page);
  await tilda.open("/ops");
  await tilda.shows("Set up your second factor");
  const totp = await scan(tilda);
  await expect(tilda.page.getByText(totp.secret.base32.slice(0, 4)).first()).toBeVisible();
  await answer(tilda, wrong(totp));
  await tilda.isWarned("This code is not the one that your authenticator should show now.");
  const code = totp.generate();
  await answer(tilda, code);
  await tilda.shows("Queue");

  await tilda.page.getByRole("button", { name: "Sign out" }).click();
  await tilda.open("/ops?need=expired");
  await tilda.signInAs(EMAIL, PASSWORD);
  await tilda.shows("Enter your code");
  await isAccessible(tilda.page);
  await tilda.open("/ops");
  await tilda.shows("Enter your code");
  await answer(tilda, code);
  await tilda.isWarned("This code is wrong, or was used before. Wait for the next one.");
  await answer(tilda, totp.generate({ timestamp: Date.now() + STEP_MS }));
  await tilda.shows("Queue");
  await tilda.open("/ops/account");
  await expect(tilda.page.getByText("Set up", { exact: true })).toBeVisible();
});

test("on the first day the queue says that nobody waits, and the lists what fills them", async ({ another }) => {
  const EMPTY: [section: string, heading: string][] = [
    ["Queue", "Nobody waits"],
    ["Bulk", "No bulk yet"],
    ["Funnel", "No links were made on these days"],
    ["Import", "Nothing was imported yet"],
  ];
  await leftoff.add("viewer", "Vito", "vito@example.com", PASSWORD);
  const vito = await another(leftoff.origin);
  await vito.open("/ops");
  await vito.signInAs("vito@example.com", PASSWORD);
  const totp = await scan(vito);
  await answer(vito, totp.generate());
  for (const [section, heading] of EMPTY) {
    await vito.section(section).click();
    await expect(vito.page.getByRole("heading", { name: heading })).toBeVisible();
    await isAccessible(vito.page);
  }
});
