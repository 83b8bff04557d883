// One's own account: time zone, sessions, password.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";

const PASSWORD = "twelve-owls-hear-a-quiet-harbour";

/** Somebody new, who may change what they like. */
async function newcomer(admin: Staff): Promise<{ email: string; password: string }> {
  const email = `paul.${Date.now()}@example.com`;
  await admin.open("/ops/team/new");
  await admin.page.getByLabel("Name").fill("Paul Passing");
  await admin.page.getByLabel("E-mail address").fill(email);
  await admin.page.getByRole("button", { name: "Add" }).click();
  const password = (await admin.page.getByRole("code").textContent()) ?? "";
  return { email, password };
}

async function enter(somebody: Staff, { email, password }: { email: string; password: string }): Promise<void> {
  await somebody.open("/ops/account");
  await somebody.signInAs(email, password);
  await somebody.shows("Your account");
}

test("times are shown in the zone that one picks", async ({ another, alarms }) => {
  alarms.expect(answered(422));
  const viewer = await another();
  await viewer.open("/ops/account");
  await viewer.signIn("viewer");
  const zone = viewer.page.getByLabel("Time zone", { exact: true });
  await expect(zone).toHaveValue("Europe/Berlin");
  await zone.fill("Mars/Olympus");
  await viewer.page.getByRole("button", { name: "Show times in this zone" }).click();
  await viewer.isWarned("Nothing was changed: there is no such time zone.");
  await zone.fill("Asia/Tokyo");
  await viewer.page.getByRole("button", { name: "Show times in this zone" }).click();
  await viewer.isTold("Times are shown in this zone as long as you stay signed in.");
  await viewer.open("/ops");
  await expect(viewer.page.getByRole("table").getByRole("time").first()).toHaveAttribute("title", /JST$|\+09$/);
});

test("a password is changed by who knows the present one", async ({ staff, another, alarms }) => {
  alarms.expect(answered(401));
  alarms.expect(answered(422));
  const paul = await newcomer(await staff("admin"));
  const [here, elsewhere] = [await another(), await another()];
  for (const browser of [here, elsewhere]) await enter(browser, paul);
  const change = async (present: string, next: string) => {
    await here.page.getByLabel("Present password").fill(present);
    await here.page.getByLabel("New password").fill(next);
    await here.page.getByRole("button", { name: "Change the password" }).click();
  };
  await change("not it, surely", PASSWORD);
  await here.isWarned("Nothing was changed: the present password is wrong.");
  await change(paul.password, "passwordpassword");
  await here.isWarned(/^Nothing was changed: /);
  await isAccessible(here.page);
  await change(paul.password, PASSWORD);
  await here.isTold("The password is changed, and your other sessions have ended.");
  await elsewhere.page.reload();
  await elsewhere.shows("Sign in");
  await elsewhere.signInAs(paul.email, paul.password);
  await elsewhere.isWarned("The address or the password is wrong.");
  await enter(elsewhere, { ...paul, password: PASSWORD });
});

test("one signs out of one place, of all others, and of everywhere", async ({ staff, another }) => {
  const paul = await newcomer(await staff("admin"));
  const [here, second, third] = [await another(), await another(), await another()];
  for (const browser of [second, third, here]) await enter(browser, paul);
  await expect(here.page.getByText("This one")).toHaveCount(1);
  const rows = here.page.getByRole("region", { name: "Sessions" }).getByRole("row");
  await expect(rows).toHaveCount(4);
  const other = rows.filter({ hasNot: here.page.getByText("This one") }).last();
  await other.getByRole("button", { name: /^End the session/ }).click();
  await here.isTold("The session has ended.");
  await here.page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await here.isTold("You are signed in nowhere else any more.");
  await expect(rows).toHaveCount(2);
  for (const browser of [second, third]) {
    await browser.page.reload();
    await browser.shows("Sign in");
  }
  await here.page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await here.shows("Sign in");
});
