// States on the way from the button to the outcome, each reached by what a person does.
import { expect, type Page } from "@playwright/test";
import { answered, unreachable } from "./alarms.ts";
import type { Link } from "./links.ts";
import type { FaultKind } from "./persona.ts";
import { wrongBirthdate } from "./person.ts";
import { run } from "./run.ts";
import { type Kit, type State, stage } from "./states.ts";

/** Opens the link of an expired inquiry. */
async function open({ portal, linkTo }: Kit): Promise<Link> {
  const link = await linkTo("expired");
  await portal.open(link.url);
  return link;
}

/** Starts the flow and presses one of its buttons; then the page is at a stage. */
function pressed(name: string, button: string): State {
  return {
    name,
    reach: async (kit) => {
      await open(kit);
      await kit.portal.start();
      await kit.portal.press(button);
      await stage(kit.portal, name);
    },
  };
}

/** Presses the button while something is wrong with requests to Persona; then the page is at a stage. */
function broken(name: string, kind: FaultKind, path: string): State {
  return {
    name,
    reach: async (kit) => {
      kit.alarms.expect(answered(503));
      await kit.persona.fault(kind, { path_contains: path });
      await open(kit);
      await kit.portal.continue.click();
      await stage(kit.portal, name);
    },
  };
}

/** Finishes the flow while something is wrong with Persona's reads; then the page is at a stage. */
function finished(name: string, kind: FaultKind): State {
  return {
    name,
    reach: async (kit) => {
      const link = await open(kit);
      await kit.portal.start();
      await kit.persona.fault(kind, { method: "GET", path_contains: `/inquiries/${link.inquiry}` });
      await kit.portal.press("Finish");
      await stage(kit.portal, name);
    },
  };
}

async function block(page: Page, path: string): Promise<void> {
  await page.route(path, (route) => route.abort("blockedbyclient"));
}

/** The page that the hosted flow returns to. */
function returned(name: string, change: (kit: Kit, link: Link) => Promise<void>): State {
  return {
    name,
    reach: async (kit) => {
      kit.alarms.expect(answered(503));
      const link = await open(kit);
      await kit.portal.start();
      await change(kit, link);
      await kit.portal.page.goto(`${run().portal}/return/${link.id}`);
    },
  };
}

export const visits: State[] = [
  broken("working", "hang", "/resume"),
  broken("loading", "hang", "/widget"),
  {
    name: "flow",
    reach: async (kit) => {
      await open(kit);
      await kit.portal.start();
    },
  },
  finished("checking", "hang"),
  finished("waiting", "unknown_status"),
  {
    name: "offline",
    reach: async (kit) => {
      kit.alarms.expect(unreachable);
      await open(kit);
      await kit.portal.page.context().setOffline(true);
      await kit.portal.continue.click();
      await stage(kit.portal, "offline");
      await kit.portal.page.context().setOffline(false);
    },
  },
  pressed("cancelled", "Cancel"),
  pressed("session-lost", "Lose the session"),
  pressed("flow-error", "Report an error"),
  pressed("camera-denied", "Deny the camera"),
  {
    name: "frame-stalled",
    reach: async (kit) => {
      await kit.persona.fault("hang", { path_contains: "/widget" });
      await kit.portal.page.clock.install();
      await open(kit);
      await kit.portal.continue.click();
      await stage(kit.portal, "loading");
      await kit.portal.page.clock.fastForward("00:16");
      await stage(kit.portal, "frame-stalled");
      await kit.portal.page.clock.resume();
    },
  },
  {
    name: "script-blocked",
    reach: async (kit) => {
      kit.alarms.expect(unreachable);
      await block(kit.portal.page, "**/vendor/*");
      await open(kit);
      await kit.portal.continue.click();
      await stage(kit.portal, "script-blocked");
    },
  },
  {
    name: "factor-wrong",
    reach: async ({ portal, linkTo, alarms }) => {
      alarms.expect(answered(403));
      await portal.open((await linkTo("pending", { factor: "birthdate" })).url);
      await portal.page.getByLabel(portal.words("birthdate")).fill(wrongBirthdate);
      await portal.continue.click();
      await stage(portal, "factor-wrong");
    },
  },
  broken("persona-unavailable", { status: { code: 500 } }, "/resume"),
  {
    name: "not-resumable",
    reach: async ({ portal, linkTo, alarms }) => {
      alarms.expect(answered(409));
      await portal.open((await linkTo("pending", { ended_sessions: 25 })).url);
      await portal.continue.click();
      await expect(portal.page.getByRole("heading", { name: portal.words("not-resumable-title") })).toBeVisible();
    },
  },
  {
    name: "phone",
    reach: async (kit) => {
      await open(kit);
      await kit.portal.way(kit.portal.words("phone")).click();
      await expect(kit.portal.page.getByRole("img", { name: kit.portal.words("phone-code") })).toBeVisible();
    },
  },
  returned("unfinished", async () => {}),
  returned("returned", async ({ persona }, link) => persona.setStatus(link.inquiry, "completed")),
  returned("persona-unavailable-page", async ({ persona }, link) =>
    persona.fault({ status: { code: 500 } }, { inquiry: link.inquiry, path_contains: "/inquiries/" }),
  ),
];
