// A link by mail: looked at first, then sent by a real mail server to the address that Persona holds.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";
import { person } from "../../support/person.ts";
import { Portal } from "../../support/portal.ts";
import { events } from "../../support/store.ts";

/** From the inquiry's page to the preview of the mail. */
async function preview(operator: Staff, inquiry: string): Promise<string> {
  await operator.open(`/ops/inquiries/${inquiry}`);
  const url = await operator.makeLink();
  await operator.page.getByRole("button", { name: "Send by e-mail…" }).click();
  await expect(operator.page.getByRole("heading", { name: "The mail" })).toBeVisible();
  return url;
}

test("the mail is shown before it goes, and brings the person the link", async ({ staff, linkTo, mail, page }) => {
  const { inquiry } = await linkTo("expired");
  const operator = await staff("operator");
  const url = await preview(operator, inquiry);
  await expect(operator.page.getByText("q•••@z•••.example")).toBeVisible();
  await expect(operator.page.getByText(person["email-address"])).toHaveCount(0);
  await expect(operator.page.getByText(url)).toBeVisible();
  await isAccessible(operator.page);
  expect(mail.mails).toEqual([]);

  await operator.page.getByRole("button", { name: "Send the mail" }).click();
  await operator.isTold("The link is mailed.");
  await expect(operator.page.getByText("Link mailed")).toBeVisible();
  expect(mail.mails.map(({ to }) => to)).toEqual([[person["email-address"]]]);
  const { subject, text } = mail.mails[0]?.email ?? {};
  expect(subject).toBe("Continue your verification with Example Bank");
  const inMail = /http\S+/.exec(text ?? "")?.[0];
  expect(inMail).toBe(url);

  const portal = new Portal(page);
  await portal.open(inMail ?? "");
  await portal.finish();
  await portal.shows("You are done");
});

test("a mail that is refused leaves the link, and can be tried again", async ({ staff, linkTo, mail, alarms }) => {
  alarms.expect(answered(502));
  const { inquiry } = await linkTo("expired");
  const operator = await staff("operator");
  await preview(operator, inquiry);
  mail.refuses = true;
  await operator.page.getByRole("button", { name: "Send the mail" }).click();
  await operator.isWarned("The mail was not sent");
  await isAccessible(operator.page);
  mail.refuses = false;
  await operator.page.getByRole("button", { name: "Send by e-mail…" }).click();
  await operator.page.getByRole("button", { name: "Send the mail" }).click();
  await operator.isTold("The link is mailed.");
  expect(events(inquiry)).toEqual(["link-created", "link-created", "mail-failed", "mailed"]);
});

test("somebody without an address cannot be written to", async ({ staff, linkTo, alarms }) => {
  alarms.expect(answered(409));
  const { inquiry } = await linkTo("expired", { fields: { birthdate: person.birthdate } });
  const operator = await staff("operator");
  await operator.open(`/ops/inquiries/${inquiry}`);
  await operator.makeLink();
  await operator.page.getByRole("button", { name: "Send by e-mail…" }).click();
  await operator.isWarned("Persona holds no e-mail address for this person. Copy the link instead.");
});
