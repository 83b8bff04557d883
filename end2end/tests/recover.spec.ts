// A new link for whoever lost theirs: it goes to the contact that Persona holds, and the page says the same to everybody.
import { answered } from "../support/alarms.ts";
import { isAccessible } from "../support/axe.ts";
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/keyboard.ts";
import { MailServer } from "../support/mail.ts";
import { person } from "../support/person.ts";
import type { Portal } from "../support/portal.ts";
import { run } from "../support/run.ts";
import { keep } from "../support/secrets.ts";
import { everything } from "../support/store.ts";

/** A request is looked into a few seconds after the answer. */
const PATIENCE = { timeout: 20_000 };

/** Asks for a new link by what the person has. */
async function ask(portal: Portal, reference: string): Promise<void> {
  const { page, words } = portal;
  await page.getByRole("textbox", { name: words("recover-label") }).fill(reference);
  await page.getByRole("button", { name: words("recover"), exact: true }).click();
  await portal.shows(words("recover-sent-title"));
}

/** The link in the newest mail. */
async function mailed(mail: MailServer): Promise<string> {
  await expect.poll(() => mail.mails.length, PATIENCE).toBe(1);
  const url = /http\S+/.exec(mail.mails[0]?.email.text ?? "")?.[0] ?? "";
  keep("link-token", url.split("/").at(-1));
  return url;
}

test("a dead link leads by one press to a fresh one in the mail", async ({ portal, linkTo, alarms }) => {
  alarms.expect(answered(410));
  const mail = await MailServer.start();
  try {
    const link = await linkTo("expired", { expiresIn: "1ms" });
    await portal.page.goto(link.url);
    await portal.shows("This link has expired");
    await portal.page.getByRole("button", { name: "Send me a new link", exact: true }).click();
    await portal.shows("Look at your messages");
    const url = await mailed(mail);
    expect(url).not.toBe(link.url);
    expect(mail.mails[0]?.to).toEqual([person["email-address"]]);
    expect(mail.mails[0]?.email.subject).toBe("Your new link from Example Bank");
    await portal.open(url);
    await portal.finish();
    await portal.shows("You are done");
  } finally {
    await mail.stop();
  }
});

test("whoever has only a reference asks from the first page", async ({ portal, linkTo }) => {
  const mail = await MailServer.start();
  try {
    const reference = `end2end-${Date.now()}`;
    await linkTo("pending", { reference_id: reference });
    await portal.page.goto(run().portal);
    await portal.page.getByRole("link", { name: "Send me a new link", exact: true }).click();
    await portal.shows("Get a new link");
    await ask(portal, reference);
    const fresh = await mailed(mail);
    await portal.open(fresh);
    await portal.shows("Continue your verification");
  } finally {
    await mail.stop();
  }
});

test("a stranger sees what everybody sees, and nothing happens", async ({ portal, device, linkTo }) => {
  const { inquiry } = await linkTo("approved");
  const before = everything(inquiry);
  const seen: string[] = [];
  for (const reference of [inquiry, "nobody-at-all"]) {
    const other = await device();
    await other.page.goto(`${run().portal}/recover`);
    await ask(other, reference);
    seen.push(await other.page.getByRole("main").innerText());
  }
  expect(seen[0]).toBe(seen[1]);
  expect(everything(inquiry)).toBe(before);
  await portal.page.goto(`${run().portal}/recover`);
  expect(everything(inquiry)).toBe(before);
});

test("an empty form is shown again and says why", async ({ portal, alarms }) => {
  alarms.expect(answered(422));
  const { page } = portal;
  await page.goto(`${run().portal}/recover`);
  // Blanks pass the browser's own check.
  await page.getByRole("textbox", { name: "Your reference, or the old link" }).fill("  ");
  await page.getByRole("button", { name: "Send me a new link", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText("Please enter your reference or the old link.");
  const field = page.getByRole("textbox", { name: "Your reference, or the old link" });
  await expect(field).toHaveAccessibleDescription(/Please enter your reference/);
  await isAccessible(page);
});

test("the keyboard alone is enough", async ({ portal }) => {
  const { page, words } = portal;
  await page.goto(run().portal);
  await tabTo(page, page.getByRole("link", { name: words("recover"), exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: words("recover-label") }));
  await page.keyboard.type("nobody-at-all");
  await page.keyboard.press("Enter");
  await portal.shows(words("recover-sent-title"));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the form works all the same", async ({ portal }) => {
    await portal.page.goto(`${run().portal}/recover`);
    await ask(portal, "nobody-at-all");
  });
});

for (const language of ["en", "es", "ar"]) {
  test.describe(language, () => {
    test.use({ locale: language });

    test(`both pages are accessible in ${language}`, async ({ portal }) => {
      await portal.page.goto(`${run().portal}/recover`);
      await portal.shows(portal.words("recover-title"));
      await isAccessible(portal.page);
      await ask(portal, "nobody-at-all");
      await isAccessible(portal.page);
    });
  });
}
