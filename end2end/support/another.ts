// Another Leftoff beside the one of the demo: with a database of its own and other settings.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { binary, type Role, root, run } from "./run.ts";
import { answers, freePort, start, stop } from "./server.ts";

export class Another {
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(
    readonly origin: string,
    readonly env: Record<string, string>,
    folder: string,
    child: ChildProcess,
  ) {
    this.#folder = folder;
    this.#child = child;
  }

  /** Starts it; `fill` may put something into the database before. */
  static async start(settings: Record<string, string>, fill?: (url: string) => Promise<void>): Promise<Another> {
    const folder = mkdtempSync(join(tmpdir(), "leftoff-another-"));
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const env: Record<string, string> = {
      ...run().env,
      LEFTOFF_SERVER__ADDR: `127.0.0.1:${port}`,
      LEFTOFF_SERVER__PUBLIC_URL: origin,
      LEFTOFF_DATABASE__URL: `sqlite://${join(folder, "leftoff.db")}`,
      ...settings,
    };
    for (const name of Object.keys(env).filter((name) => name.startsWith("LEFTOFF_OIDC__"))) delete env[name];
    if (fill) await fill(env["LEFTOFF_DATABASE__URL"] ?? "");
    const child = start(["serve"], env, createWriteStream(run().log, { flags: "a" }));
    await answers(`${origin}/livez`);
    return new Another(origin, env, folder, child);
  }

  /** Adds somebody to its staff by the real command, which reads the password. */
  async add(role: Role, name: string, email: string, password: string): Promise<void> {
    const args = ["staff", "add", email, "--name", name, "--role", role, "--password-stdin"];
    const child = spawn(binary, args, { cwd: root, env: { ...process.env, ...this.env } });
    child.stdin.end(`${password}\n`);
    child.stderr.on("data", (chunk: Buffer) => appendFileSync(run().log, chunk));
    const [code] = (await once(child, "exit")) as [number];
    if (code !== 0) throw new Error(`staff add ended with ${code}`);
  }

  async stop(): Promise<void> {
    await stop(this.#child);
    rmSync(this.#folder, { recursive: true });
  }
}

/** Runs a command of the program that needs no settings; what it says, and how it ended. */
export async function command(...args: string[]): Promise<{ code: number; text: string }> {
  const options = { cwd: root, env: { PATH: process.env["PATH"] ?? "" } };
  try {
    const { stdout, stderr } = await promisify(execFile)(binary, args, options);
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}
