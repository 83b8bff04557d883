// Starts and stops the released program.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type WriteStream } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { binary, root } from "./run.ts";

const PATIENCE_MS = 20_000;
const BETWEEN_POLLS_MS = 50;

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("no port");
  return port;
}

/** Free ports, no two the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}

/** Starts a command that runs until it is stopped; all that it logs goes to `log`. */
export function start(args: string[], env: Record<string, string>, log: WriteStream): ChildProcess {
  const child = spawn(binary, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr?.pipe(log, { end: false });
  return child;
}

/** The first line of standard output; what follows goes to the log. */
export async function firstLine(child: ChildProcess, log: WriteStream): Promise<string> {
  if (!child.stdout) throw new Error("no standard output");
  const lines = createInterface(child.stdout);
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`leftoff ended with ${code}; see its log`);
  });
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  lines.on("line", (more) => log.write(`${more}\n`));
  ended.catch(() => {});
  return line;
}

/** Waits until an address answers 200. */
export async function answers(url: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error(`${url} does not answer`);
    await pause(BETWEEN_POLLS_MS);
  }
}

/** Asks the process to stop and demands that it does so in peace. */
export async function stop(child: ChildProcess): Promise<void> {
  const exit = child.exitCode === null ? once(child, "exit") : Promise.resolve([child.exitCode, null]);
  child.kill("SIGTERM");
  const late = pause(PATIENCE_MS, undefined, { ref: false }).then(() => {
    child.kill("SIGKILL");
    throw new Error("leftoff did not stop on SIGTERM");
  });
  const [code, signal] = await Promise.race([exit, late]);
  if (code !== 0) throw new Error(`leftoff ended with ${code ?? signal} on SIGTERM`);
}
