// Starts Leftoff and the simulated Persona once for each worker, and stops them at the end.
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FullConfig } from "@playwright/test";
import { startProvider } from "./oidc-provider.ts";
import { type DemoAccount, type DemoLink, publish, type Run } from "./run.ts";
import { answers, firstLine, freePorts, start, stop } from "./server.ts";

const results = resolve(import.meta.dirname, "../test-results");

/** Of the portal, Persona, the provider and the mail server. */
const PORTS = 4;

/** A run that has begun, and how it ends. */
interface Begun {
  run: Run;
  end: () => Promise<void>;
}

export default async function setUp({ workers }: FullConfig): Promise<() => Promise<void>> {
  mkdirSync(results, { recursive: true });
  const ports = await freePorts(PORTS * workers);
  const each = Array.from({ length: workers }, (_, worker) => begin(worker, ports.splice(0, PORTS)));
  const begun = await Promise.all(each);
  publish(begun.map(({ run }) => run));
  return async () => void (await Promise.all(begun.map(({ end }) => end())));
}

/** Everything that the tests of one worker stand on, with nothing in common with another's. */
async function begin(worker: number, ports: number[]): Promise<Begun> {
  const folder = mkdtempSync(join(tmpdir(), "leftoff-end2end-"));
  const files = {
    log: join(results, `leftoff-${worker}.log`),
    secrets: join(results, `secrets-${worker}.jsonl`),
    database: join(folder, "leftoff.db"),
  };
  writeFileSync(files.secrets, "");
  writeFileSync(files.log, "");
  // The commands append to the same file.
  const log = createWriteStream(files.log, { flags: "a" });
  const [portalPort, personaPort, providerPort, mailPort] = ports as [number, number, number, number];
  const [portal, persona] = [`http://localhost:${portalPort}`, `http://localhost:${personaPort}`];
  const apiKey = `persona_sandbox_${randomBytes(24).toString("hex")}`;
  const clientSecret = randomBytes(24).toString("hex");
  const webhookSecret = `wbhsec_${randomBytes(24).toString("hex")}`;
  const provider = await startProvider({
    port: providerPort,
    clientId: "leftoff-end2end",
    clientSecret,
    redirectUri: `${portal}/ops/sign-in/oidc`,
    accounts: {
      otto: { email: "otto@example.com", email_verified: true, name: "Otto" },
      vera: { email: "vera@example.com", email_verified: false, name: "Vera" },
      eve: { email: "eve@example.com", email_verified: true, name: "Eve" },
    },
  });
  const env = {
    LEFTOFF_OIDC__ISSUER: provider.issuer,
    LEFTOFF_OIDC__CLIENT_ID: "leftoff-end2end",
    LEFTOFF_OIDC__CLIENT_SECRET: clientSecret,
    LEFTOFF_OIDC__NAME: "Example login",
    LEFTOFF_SERVER__ADDR: `127.0.0.1:${portalPort}`,
    LEFTOFF_SERVER__PUBLIC_URL: portal,
    LEFTOFF_DATABASE__URL: `sqlite://${files.database}`,
    LEFTOFF_PERSONA__API_KEY: apiKey,
    LEFTOFF_PERSONA__API_URL: `${persona}/api/v1`,
    LEFTOFF_PERSONA__FLOW_HOST: `localhost:${personaPort}`,
    LEFTOFF_SERVER__SECRET: randomBytes(32).toString("hex"),
    LEFTOFF_OPS__SIGN_IN_ATTEMPTS: "1000",
    LEFTOFF_OPS__BULK_FOUR_EYES: "4",
    LEFTOFF_MAIL__SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    LEFTOFF_LIMITS__PAGES: "100000",
    LEFTOFF_LIMITS__ACTS: "100000",
    LEFTOFF_RECOVER__AN_HOUR: "100000",
    LEFTOFF_PERSONA__WEBHOOK_SECRETS: webhookSecret,
    // What fails is given up at once: no test waits for the next attempt.
    LEFTOFF_DELIVERIES__RETRY_SECONDS: "[]",
    // Events are looked for when a test asks for it.
    LEFTOFF_SWEEP__EVERY_MINUTES: "0",
    LEFTOFF_LOG__FILTER: "debug",
  };
  const server = start(["demo", "--json", "--persona", `127.0.0.1:${personaPort}`], env, log);
  const made = JSON.parse(await firstLine(server, log)) as { links: DemoLink[]; accounts: DemoAccount[] };
  await answers(`${portal}/livez`);
  // What a page does is tested without Persona telling of it meanwhile.
  await fetch(`${persona}/control/webhooks/hold`, { method: "POST" });
  const { links, accounts } = made;
  const end = async () => {
    await stop(server);
    await provider.stop();
    log.end();
    rmSync(folder, { recursive: true });
  };
  return { run: { portal, persona, apiKey, webhookSecret, mailPort, env, links, accounts, ...files }, end };
}
