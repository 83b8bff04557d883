// The facts of one run, handed from the global set-up to the tests by an environment variable.
import { resolve } from "node:path";

export interface DemoLink {
  name: string;
  inquiry: string;
  url: string;
}

export type Role = "viewer" | "operator" | "auditor" | "admin";

export interface DemoAccount {
  role: Role;
  email: string;
  password: string;
}

export interface Run {
  /** Origin of the portal. */
  portal: string;
  /** Origin of the simulated Persona. */
  persona: string;
  /** The SQLite file. */
  database: string;
  /** Persona's API key of this run. */
  apiKey: string;
  /** What Persona signs its webhooks with. */
  webhookSecret: string;
  /** File with everything that the server and the commands logged. */
  log: string;
  /** File with every secret that the tests met: one JSON object a line. */
  secrets: string;
  /** Where the server hands its mail over; a test that wants it listens there. */
  mailPort: number;
  /** Settings of the server, for the commands too. */
  env: Record<string, string>;
  /** The demo's own links. */
  links: DemoLink[];
  /** The demo's staff, one of each role. */
  accounts: DemoAccount[];
}

const VARIABLE = "LEFTOFF_END2END_RUN";

/** The repository. */
export const root = resolve(import.meta.dirname, "../..");
/** The program: a released one, or that of the Rust tests. */
export const binary = resolve(process.env["LEFTOFF_BIN"] ?? `${root}/target/release/leftoff`);

export function publish(runs: Run[]): void {
  process.env[VARIABLE] = JSON.stringify(runs);
}

/** The run of each worker. */
export function runs(): Run[] {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("the global set-up did not run");
  return JSON.parse(text) as Run[];
}

/** The run of this worker. */
export function run(): Run {
  const run = runs()[Number(process.env["TEST_PARALLEL_INDEX"])];
  if (!run) throw new Error("nothing was started for this worker");
  return run;
}

/** The demo's link of a name. */
export function demoLink(name: string): DemoLink {
  const link = run().links.find((link) => link.name === name);
  if (!link) throw new Error(`the demo has no link ${name}`);
  return link;
}

/** The demo's account of a role. */
export function demoAccount(role: Role): DemoAccount {
  const account = run().accounts.find((account) => account.role === role);
  if (!account) throw new Error(`the demo has no ${role}`);
  return account;
}
