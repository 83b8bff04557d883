// Links, made and taken back by the real command.
import { execFile } from "node:child_process";
import { appendFileSync } from "node:fs";
import { promisify } from "node:util";
import { binary, root, run } from "./run.ts";
import { keep } from "./secrets.ts";

export interface Link {
  id: string;
  url: string;
  /** The secret part of the URL. */
  token: string;
  inquiry: string;
}

export interface LinkOptions {
  factor?: "birthdate";
  expiresIn?: string;
  locale?: string;
  returnUrl?: string;
}

export class Links {
  readonly #env: Record<string, string>;

  constructor(env: Record<string, string> = {}) {
    this.#env = { ...run().env, ...env };
  }

  async create(inquiry: string, options: LinkOptions = {}): Promise<Link> {
    const args = ["link", "create", inquiry, "--json", "--reason", "browser test"];
    if (options.factor) args.push("--factor", options.factor);
    if (options.expiresIn) args.push("--expires-in", options.expiresIn);
    if (options.locale) args.push("--locale", options.locale);
    if (options.returnUrl) args.push("--return-url", options.returnUrl);
    const made = JSON.parse(await this.#command(args)) as { id: string; url: string };
    const token = made.url.split("/").at(-1) ?? "";
    keep("link-token", token);
    return { id: made.id, url: made.url, token, inquiry };
  }

  async revoke(link: Link): Promise<void> {
    await this.#command(["link", "revoke", link.id]);
  }

  /** Uses a link on a device that is not one of the browser's. */
  async useElsewhere(link: Link, birthdate?: string): Promise<void> {
    const { origin } = new URL(link.url);
    const answer = await fetch(`${origin}/api/resume_inquiry`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify({ link: link.token, birthdate: birthdate ?? null }),
    });
    if (!answer.ok) throw new Error(`the other device got ${answer.status}`);
    const opening = (await answer.json()) as { "session-token": string | null };
    keep("session-token", opening["session-token"]);
  }

  async #command(args: string[]): Promise<string> {
    const options = { cwd: root, env: { ...process.env, ...this.#env } };
    const { stdout, stderr } = await promisify(execFile)(binary, args, options);
    appendFileSync(run().log, stderr);
    return stdout;
  }
}
