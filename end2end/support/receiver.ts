// A receiver of the company's own on loopback, with a memory: it believes what the published library verifies.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Received {
  headers: Record<string, string>;
  body: string;
}

export class Receiver {
  readonly #server: Server;
  readonly received: Received[] = [];
  /** What it answers from now on. */
  status = 204;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, `${value}`]));
        this.received.push({ headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await once(receiver.#server.listen(0, "127.0.0.1"), "listening");
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/leftoff`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** What a webhook says; it throws when the secret did not sign it. */
export function verified(received: Received | undefined, secret: string): { type: string; data: Record<string, unknown> } {
  if (!received) throw new Error("nothing was received");
  return new Webhook(secret).verify(received.body, received.headers) as { type: string; data: Record<string, unknown> };
}
