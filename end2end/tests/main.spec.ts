// The main job: an expired inquiry, a link, the flow, the outcome.
import { expect, test } from "../support/fixtures.ts";
import { events, receipts } from "../support/store.ts";

test("a person finishes an expired inquiry, and the server saw it for itself", async ({
  portal,
  persona,
  linkTo,
}) => {
  const link = await linkTo("expired", { returnUrl: "https://example.com/back" });
  await portal.open(link.url);
  await portal.start();
  await portal.press("Finish");
  await portal.shows("You are done");
  await expect(portal.page.getByRole("link", { name: "Back to Example Bank" })).toHaveAttribute(
    "href",
    "https://example.com/back",
  );

  expect((await persona.inquiry(link.inquiry)).status).toBe("completed");
  expect(await persona.resumes(link.inquiry)).toBe(1);
  const reads = await persona.requests(`/inquiries/${link.inquiry}`);
  expect(reads.at(-1)?.method).toBe("GET");
  expect(receipts(link.inquiry)).toEqual(["completed"]);
  expect(events(link.inquiry)).toEqual(["link-created", "resumed", "flow-ready", "verified"]);
});

test("the words say what goes on while Persona takes its time", async ({ portal, persona, linkTo }) => {
  const link = await linkTo("expired");
  await persona.fault({ delay: { ms: 1_500 } }, { inquiry: link.inquiry });
  await portal.open(link.url);
  await portal.continue.click();
  await portal.says("Opening your verification…");
  await portal.saysInDialog("Loading. This can take a moment.");
  await portal.isReady();
  await portal.press("Finish");
  await portal.says("Checking the result…");
  await portal.shows("You are done");
});

test("completion is verified once, however often and from wherever it is reported", async ({
  portal,
  linkTo,
}) => {
  const link = await linkTo("expired");
  await portal.open(link.url);
  await portal.finish();
  await portal.shows("You are done");

  const other = await portal.page.context().newPage();
  await other.goto(link.url);
  const statuses = await Promise.all(
    [portal.page, other].map((page) =>
      page.evaluate(async (token) => {
        const report = () =>
          fetch("/api/report_completion", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ link: token }),
          });
        const answers = await Promise.all(Array.from({ length: 5 }, report));
        return answers.map((answer) => answer.status);
      }, link.token),
    ),
  );
  expect(statuses.flat()).toEqual(Array(10).fill(200));
  expect(receipts(link.inquiry)).toEqual(["completed"]);
  expect(events(link.inquiry).filter((event) => event === "verified")).toHaveLength(1);
});

for (const [button, status, heading] of [
  ["Finish and be approved", "approved", "You are verified"],
  ["Send to review", "needs_review", "Your verification is being reviewed"],
  ["Fail", "failed", "Your verification did not succeed"],
] as const) {
  test(`"${button}" leads to the page "${heading}"`, async ({ portal, linkTo }) => {
    const link = await linkTo("pending");
    await portal.open(link.url);
    await portal.finish(button);
    await portal.shows(heading);
    expect(receipts(link.inquiry)).toEqual([status]);
    await portal.page.goto(link.url);
    await portal.shows(heading);
  });
}
