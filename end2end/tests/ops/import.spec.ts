// Reading inquiries from Persona: followed live, stopped, and gone on with after an error.
import { answered } from "../../support/alarms.ts";
import { isAccessible } from "../../support/axe.ts";
import { expect, test } from "../../support/ops.ts";

test("an import is followed without a reload, until it is complete", async ({ staff, persona }) => {
  await persona.seed("expired", { reference_id: "seen-while-reading" });
  const operator = await staff("operator");
  await operator.section("Import").click();
  await operator.page.getByRole("button", { name: "Start an import" }).click();
  await operator.isTold("The import has started.");
  await expect(operator.page.getByRole("status").getByText("Complete")).toBeVisible();
  await operator.page.reload();
  const newest = operator.page.getByRole("region", { name: "Imports" }).getByRole("row").nth(1);
  await expect(newest.getByText("Otto Operator")).toBeVisible();
  await operator.find("seen-while-reading");
  await expect(operator.page.getByText("seen-while-reading").first()).toBeVisible();
});

test("an import is cancelled, and what it read stays", async ({ staff, persona }) => {
  await persona.fault({ rate_limited: { reset_seconds: 1 } }, { method: "GET", path_contains: "/inquiries" });
  const operator = await staff("operator");
  await operator.section("Import").click();
  await operator.page.getByRole("button", { name: "Start an import" }).click();
  await expect(operator.page.getByRole("heading", { name: "Under way" })).toBeVisible();
  await expect(operator.page.getByRole("button", { name: "Start an import" })).toBeDisabled();
  await expect(operator.page.getByText("An import is under way.")).toBeVisible();
  await isAccessible(operator.page);
  const viewer = await staff("viewer");
  await viewer.section("Import").click();
  const cancel = { name: "Cancel the import" };
  await expect(viewer.page.getByRole("button", cancel)).toBeDisabled();
  await expect(viewer.page.getByRole("button", cancel)).toHaveAttribute("title", "This takes the role operator or admin");
  await operator.page.getByRole("button", cancel).click();
  await operator.isTold("The import was cancelled. What it read stays.");
  await expect(operator.page.getByRole("button", cancel)).toHaveCount(0);
});

test("an import that Persona refused goes on where it was", async ({ staff, persona, alarms }) => {
  alarms.expect(answered(403));
  await persona.fault({ status: { code: 403 } }, { method: "GET", path_contains: "/inquiries" });
  const operator = await staff("operator");
  await operator.section("Import").click();
  await operator.page.getByRole("button", { name: "Start an import" }).click();
  await expect(operator.page.getByRole("status").getByText("Stopped by an error")).toBeVisible();
  await operator.page.reload();
  await isAccessible(operator.page);
  await persona.clearFaults();
  await operator.page.getByRole("button", { name: "Go on" }).click();
  await operator.isTold("The import goes on where it was.");
  await expect(operator.page.getByRole("status").getByText("Complete")).toBeVisible();
});
