// The settings as they are in force: to read, without secrets.
import { expect, test } from "../../support/ops.ts";
import { run } from "../../support/run.ts";

for (const role of ["auditor", "admin"] as const) {
  test(`the ${role} reads what is in force, and no secret`, async ({ staff }) => {
    const somebody = await staff(role);
    await somebody.section("Settings").click();
    const text = await somebody.page.getByRole("main").innerText();
    for (const part of ["Branding", "Example Bank", run().portal, "Example login", "127.0.0.1"]) {
      expect(text).toContain(part);
    }
    const secrets = [run().apiKey, run().env["LEFTOFF_SERVER__SECRET"], run().env["LEFTOFF_OIDC__CLIENT_SECRET"]];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(await somebody.page.content()).not.toContain(run().apiKey);
  });
}
