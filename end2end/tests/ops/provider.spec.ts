// Signing in at a real OpenID provider.
import { answered, unreachable } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, type Staff, test } from "../../support/ops.ts";

/** Goes to the provider's own pages, signs in there, and lets it tell who they are. */
async function signInThere(stranger: Staff, login: string): Promise<void> {
  const { page } = stranger;
  await page.getByRole("link", { name: "Sign in with Example login" }).click();
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

// The provider's pages ask for a font of somebody else's, and the provider has no icon.
test.beforeEach(({ alarms }) => {
  alarms.expect(unreachable);
  alarms.expect(/^Failed to load resource: .* 404 \(Not Found\) \(\/favicon\.ico\)$/);
});

test("whoever the provider vouches for gets to the page that they asked for", async ({ stranger }) => {
  await stranger.open("/ops?need=expired");
  await signInThere(stranger, "otto");
  await stranger.shows("Expired");
  await expect(stranger.page.getByText("Otto Operator")).toBeVisible();
});

for (const [login, why] of [
  ["eve", "is not on the staff"],
  ["vera", "has an address that nobody verified"],
] as const) {
  test(`who ${why} is told so`, async ({ stranger, alarms }) => {
    alarms.expect(answered(403));
    await stranger.open("/ops");
    await signInThere(stranger, login);
    await stranger.shows("You are not signed in");
    await isAccessible(stranger.page);
  });
}

test("who turns back at the provider is told so", async ({ stranger, alarms }) => {
  alarms.expect(answered(403));
  await stranger.open("/ops");
  await stranger.page.getByRole("link", { name: "Sign in with Example login" }).click();
  await stranger.page.getByRole("link", { name: /Cancel/ }).click();
  await stranger.shows("You are not signed in");
});
