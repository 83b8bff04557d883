// Signing in and out.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, test } from "../../support/ops.ts";
import { demoAccount } from "../../support/run.ts";

test("whoever signs in comes to the page that they asked for, and signs out again", async ({ stranger }) => {
  await stranger.open("/ops?need=expired");
  await stranger.shows("Sign in");
  await stranger.signIn("viewer");
  await stranger.shows("Expired");
  await stranger.page.getByRole("button", { name: "Sign out" }).click();
  await stranger.shows("Sign in");
  await stranger.open("/ops");
  await stranger.shows("Sign in");
});

test("a wrong password is said, and the address is kept", async ({ stranger, alarms }) => {
  alarms.expect(answered(401));
  const { email } = demoAccount("admin");
  await stranger.open("/ops");
  await stranger.page.getByLabel("E-mail address").fill(email);
  await stranger.page.getByLabel("Password").fill("something else");
  await stranger.page.keyboard.press("Enter");
  await expect(stranger.page.getByRole("alert")).toHaveText("The address or the password is wrong.");
  await expect(stranger.page.getByLabel("E-mail address")).toHaveValue(email);
});

test("the page of signing in is accessible, with and without an error", async ({ stranger, alarms }) => {
  alarms.expect(answered(401));
  await stranger.open("/ops/sign-in");
  await isAccessible(stranger.page);
  await stranger.page.getByLabel("E-mail address").fill("nobody@example.com");
  await stranger.page.getByLabel("Password").fill("nothing");
  await stranger.page.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.page.getByRole("alert")).toBeVisible();
  await isAccessible(stranger.page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in works", async ({ stranger }) => {
    await stranger.open("/ops");
    await stranger.signIn("operator");
    await stranger.shows("Queue");
  });
});
