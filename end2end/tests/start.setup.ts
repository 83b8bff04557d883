// Before all tests: what they stand on stands.
import { demoLink, run } from "../support/run.ts";
import { expect, test } from "../support/fixtures.ts";

test("the demo serves the portal beside a simulated Persona", async ({ portal, persona }) => {
  await portal.open(demoLink("expired").url);
  await portal.shows("Continue your verification");
  expect((await persona.inquiry(demoLink("expired").inquiry)).status).toBe("expired");
});

test("the demo has a link for each state that a person can meet", () => {
  const names = run().links.map((link) => link.name);
  for (const name of ["created", "pending", "expired", "completed", "declined", "redacted"]) {
    expect(names).toContain(name);
  }
  for (const name of ["expired-link", "revoked-link", "other-device"]) {
    expect(names).toContain(name);
  }
});

test("an error in the browser does not go unnoticed", async ({ portal, alarms, linkTo }) => {
  await portal.open((await linkTo("pending")).url);
  await portal.page.evaluate(() => {
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);
  });
  await expect.poll(() => alarms.unexpected.join()).toContain("Content Security Policy");
  await portal.page.evaluate(() => void Promise.reject(new Error("thrown on purpose")));
  await expect.poll(() => alarms.unexpected.join()).toContain("thrown on purpose");
  alarms.expect(/Content Security Policy|thrown on purpose/);
});
