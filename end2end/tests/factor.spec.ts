// Links that ask for the date of birth.
import { answered } from "../support/alarms.ts";
import { expect, test } from "../support/fixtures.ts";
import { person, wrongBirthdate } from "../support/person.ts";

const wrong = "That date is not the one we know. Please check it and try again.";

test("the right date opens the flow, a wrong one says so", async ({ portal, persona, linkTo, alarms }) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired", { factor: "birthdate" });
  await portal.open(link.url);
  const birthdate = portal.page.getByLabel("Date of birth");
  await birthdate.fill(wrongBirthdate);
  await portal.continue.click();
  await portal.says(wrong);
  expect(await persona.resumes(link.inquiry)).toBe(0);

  await birthdate.fill(person.birthdate);
  await portal.finish();
  await portal.shows("You are done");
});

test("a second device proves itself by the date and takes the link over", async ({
  portal,
  device,
  linkTo,
  alarms,
}) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired", { factor: "birthdate" });
  await portal.open(link.url);
  await portal.page.getByLabel("Date of birth").fill(person.birthdate);
  await portal.start();

  const second = await device();
  expect((await second.open(link.url))?.status()).toBe(403);
  await expect(second.page.getByText("This link was opened on another device before.")).toBeVisible();
  await second.page.getByLabel("Date of birth").fill(person.birthdate);
  await second.finish();
  await second.shows("You are done");
});

test("five wrong dates lock the link", async ({ portal, persona, linkTo, alarms }) => {
  alarms.expect(answered(403));
  const link = await linkTo("expired", { factor: "birthdate" });
  await portal.open(link.url);
  const birthdate = portal.page.getByLabel("Date of birth");
  for (let time = 1; time <= 5; time += 1) {
    const refusal = portal.page.waitForResponse("**/api/resume_inquiry");
    await birthdate.fill(`1971-12-0${time}`);
    await portal.continue.click();
    expect((await refusal).status()).toBe(403);
    await portal.says(wrong);
  }
  await birthdate.fill(person.birthdate);
  await portal.continue.click();
  await portal.shows("This link is locked");
  expect((await portal.page.reload())?.status()).toBe(403);
  expect(await persona.resumes(link.inquiry)).toBe(0);
});
