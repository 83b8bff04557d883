// Pages that need no visit to get to: welcome, outcomes, refusals.
import { answered } from "./alarms.ts";
import type { Status } from "./persona.ts";
import { person } from "./person.ts";
import { run } from "./run.ts";
import type { Kit, State } from "./states.ts";

/** The page that a link of an inquiry opens with. */
function opened(name: string, status: Status, extra: Parameters<Kit["linkTo"]>[1] = {}): State {
  return {
    name,
    reach: async ({ portal, linkTo, alarms }) => {
      alarms.expect(answered(extra.redacted ? 410 : 409));
      await portal.page.goto((await linkTo(status, extra)).url);
    },
  };
}

/** A page that is answered with a status of failure. */
function refused(name: string, status: number, url: (kit: Kit) => Promise<string>): State {
  return {
    name,
    reach: async (kit) => {
      kit.alarms.expect(answered(status));
      await kit.portal.page.goto(await url(kit));
    },
  };
}

async function lockedLink({ linkTo, links }: Kit): Promise<string> {
  const link = await linkTo("pending", { factor: "birthdate" });
  for (let day = 1; day <= 5; day += 1) await links.useElsewhere(link, `1971-12-0${day}`).catch(() => undefined);
  return link.url;
}

export const pages: State[] = [
  { name: "home", reach: async ({ portal }) => void (await portal.page.goto(run().portal)) },
  { name: "recover", reach: async ({ portal }) => void (await portal.page.goto(`${run().portal}/recover`)) },
  { name: "recover-sent", reach: async ({ portal }) => void (await portal.page.goto(`${run().portal}/recover/sent`)) },
  {
    name: "welcome",
    reach: async ({ portal, linkTo }) => void (await portal.open((await linkTo("expired")).url)),
  },
  {
    name: "factor",
    reach: async ({ portal, linkTo }) => void (await portal.open((await linkTo("pending", { factor: "birthdate" })).url)),
  },
  refused("factor-elsewhere", 403, async ({ linkTo, links }) => {
    const link = await linkTo("pending", { factor: "birthdate" });
    await links.useElsewhere(link, person.birthdate);
    return link.url;
  }),
  opened("completed", "completed", { returnUrl: "https://example.com/back" }),
  opened("in-review", "needs_review"),
  opened("approved", "approved"),
  opened("declined", "declined"),
  opened("failed", "failed"),
  opened("redacted", "completed", { redacted: true }),
  opened("settled", "approved", { factor: "birthdate" }),
  refused("unknown-link", 404, async () => `${run().portal}/r/${"A".repeat(43)}`),
  refused("link-expired", 410, async ({ linkTo }) => (await linkTo("pending", { expiresIn: "1ms" })).url),
  refused("link-revoked", 410, async ({ linkTo, links }) => {
    const link = await linkTo("pending");
    await links.revoke(link);
    return link.url;
  }),
  refused("other-device", 403, async ({ linkTo, links }) => {
    const link = await linkTo("pending");
    await links.useElsewhere(link);
    return link.url;
  }),
  refused("factor-locked", 403, lockedLink),
];
