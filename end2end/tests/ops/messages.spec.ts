// Messages: written by a real mail server's leave, seen with what became of them, and tried again.
import { isAccessible } from "../../support/axe.ts";
import { tabTo } from "../../support/keyboard.ts";
import type { MailServer } from "../../support/mail.ts";
import { expect, type Staff, test as base } from "../../support/ops.ts";
import { person } from "../../support/person.ts";
import { run } from "../../support/run.ts";
import { keep } from "../../support/secrets.ts";
import { events } from "../../support/store.ts";

interface Fixtures {
  /** An inquiry whose person asked for a new link, and got none: the mail server refused it. */
  refused: () => Promise<string>;
}

const test = base.extend<Fixtures>({
  refused: async ({ linkTo, mail, playwright }, use) => {
    await use(async () => {
      const { inquiry } = await linkTo("expired");
      mail.refuses = true;
      const browser = await playwright.request.newContext({ extraHTTPHeaders: { origin: run().portal } });
      const asked = await browser.post(`${run().portal}/recover`, { form: { reference: inquiry } });
      expect(asked.ok()).toBe(true);
      await browser.dispose();
      await expect.poll(() => events(inquiry), { timeout: 20_000 }).toContain("message-bounced");
      mail.refuses = false;
      return inquiry;
    });
  },
});

const of = (staff: Staff, inquiry: string) =>
  staff.page.getByRole("region", { name: "Messages" }).getByRole("row").filter({ hasText: inquiry });

/** The link that a mail brought, once it is there. */
async function arrived(mail: MailServer): Promise<string> {
  await expect.poll(() => mail.mails.length, { timeout: 20_000 }).toBe(1);
  const url = /http\S+/.exec(mail.mails[0]?.email.text ?? "")?.[0] ?? "";
  keep("link-token", url.split("/").at(-1));
  return url;
}

test("what was refused is given up, says why, and arrives when it is tried again", async ({ staff, refused, mail, page }) => {
  const inquiry = await refused();
  const operator = await staff("operator");
  await operator.section("Messages").click();
  await expect(of(operator, inquiry)).toContainText(/Given up.*New link, asked for.*E-mail.*English/);
  await expect(of(operator, inquiry)).toContainText("The mail server refused it with code 550.");
  await isAccessible(operator.page);
  for (const value of Object.values(person)) await expect(operator.page.getByText(value)).toHaveCount(0);
  expect(mail.mails).toEqual([]);

  await operator.page.getByRole("button", { name: `Try again, inquiry ${inquiry}` }).click();
  await operator.isTold("The message is in the queue again.");
  const url = await arrived(mail);
  expect(mail.mails[0]?.to).toEqual([person["email-address"]]);
  await operator.reloadUntil(of(operator, inquiry).getByText("Sent", { exact: true }));
  await expect(operator.page.getByRole("button", { name: `Try again, inquiry ${inquiry}` })).toHaveCount(0);
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1, name: "Continue your verification" })).toBeVisible();
  await of(operator, inquiry).getByRole("link", { name: inquiry }).click();
  await expect(operator.page.getByText("Otto Operator").first()).toBeVisible();
  expect(events(inquiry)).toEqual(expect.arrayContaining(["message-bounced", "message-retried", "message-sent"]));
});

test("a message is not put into the queue twice", async ({ staff, refused, mail }) => {
  const inquiry = await refused();
  const again = { name: `Try again, inquiry ${inquiry}` };
  const [first, second] = [await staff("operator"), await staff("admin")];
  for (const somebody of [first, second]) await somebody.open("/ops/messages");
  await first.page.getByRole("button", again).click();
  await arrived(mail);
  await second.page.getByRole("button", again).click();
  await second.isWarned("The message is not given up any more. Nothing was changed.");
  await isAccessible(second.page);
  expect(events(inquiry).filter((event) => event === "message-retried")).toHaveLength(1);
});

test("an auditor sees messages, and a button that says whose it is", async ({ staff, refused }) => {
  const inquiry = await refused();
  const operator = await staff("operator");
  await operator.open("/ops/messages");
  const path = await of(operator, inquiry).locator("form").getAttribute("action");
  const auditor = await staff("auditor");
  await auditor.section("Messages").click();
  await auditor.isNotFor(`Try again, inquiry ${inquiry}`, "operator or admin");
  expect(await auditor.post(path ?? "")).toBe(403);
  const viewer = await staff("viewer");
  await expect(viewer.section("Messages")).toHaveCount(0);
  expect(await viewer.post(path ?? "")).toBe(403);
  expect(events(inquiry)).not.toContain("message-retried");
});

test("the list is narrowed by state and channel, and leads to what is older", async ({ staff }) => {
  const auditor = await staff("auditor");
  const { page } = auditor;
  await auditor.section("Messages").click();
  const table = page.getByRole("region", { name: "Messages" });
  await page.getByRole("combobox", { name: "Channel" }).selectOption("Short message");
  await expect(page).toHaveURL(/channel=sms/);
  await expect(table.getByRole("link", { name: "Remind drivers" }).first()).toBeVisible();
  await expect(table.getByText("E-mail", { exact: true })).toHaveCount(0);
  await page.getByRole("combobox", { name: "State" }).selectOption("Given up");
  await expect(table.getByText("The gateway answered 422.").first()).toBeVisible();
  await isAccessible(page);
  await page.getByRole("combobox", { name: "State" }).selectOption("Being sent");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(table.getByRole("row").nth(1)).toBeVisible();
});

test("messages are narrowed and tried again by keyboard alone", async ({ staff, refused, mail }) => {
  const inquiry = await refused();
  const operator = await staff("operator");
  const { page } = operator;
  await operator.open("/ops/messages");
  await tabTo(page, page.getByRole("combobox", { name: "State" }));
  await page.keyboard.type("Giv");
  await expect(page).toHaveURL(/state=given-up/);
  await tabTo(page, page.getByRole("button", { name: `Try again, inquiry ${inquiry}` }));
  await page.keyboard.press("Enter");
  await operator.isTold("The message is in the queue again.");
  await arrived(mail);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("messages are narrowed and tried again", async ({ staff, refused, mail }) => {
    const inquiry = await refused();
    const operator = await staff("operator");
    await operator.section("Messages").click();
    await operator.page.getByRole("combobox", { name: "State" }).selectOption("Given up");
    await operator.page.getByRole("button", { name: "Apply" }).click();
    await operator.page.getByRole("button", { name: `Try again, inquiry ${inquiry}` }).click();
    await operator.isTold("The message is in the queue again.");
    await arrived(mail);
  });
});
