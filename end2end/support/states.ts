// Every state that a page can be in, and how to get there: for the tests of accessibility and for the pictures.
import { expect } from "@playwright/test";
import type { Alarms } from "./alarms.ts";
import type { Link, LinkOptions, Links } from "./links.ts";
import type { Persona, Seed, Status } from "./persona.ts";
import type { Portal } from "./portal.ts";
import { pages } from "./states-pages.ts";
import { visits } from "./states-visits.ts";

/** What the way to a state is made of. */
export interface Kit {
  portal: Portal;
  persona: Persona;
  links: Links;
  alarms: Alarms;
  linkTo: (status: Status, options?: LinkOptions & Seed) => Promise<Link>;
}

export interface State {
  name: string;
  /** Brings the page there and waits until it is. */
  reach: (kit: Kit) => Promise<void>;
}

/** Waits for the words of a stage, in the page's language. */
export async function stage(portal: Portal, code: string): Promise<void> {
  // An open dialog says it too.
  const words = portal.page.getByText(portal.words(`stage-${code}`), { exact: true });
  await expect(words.filter({ visible: true }).last()).toBeVisible();
}

export const states: State[] = [...pages, ...visits];
