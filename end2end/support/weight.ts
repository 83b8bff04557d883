// What something weighs as it goes over the wire, which `fetch` would unpack.
import { get } from "node:http";

export interface Weight {
  path: string;
  encoding: string;
  bytes: number;
}

/** Asks for it as a browser does, with what the browser is known by. */
export function weigh(url: string, cookie?: string): Promise<Weight> {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": "gzip, deflate, br", ...(cookie ? { cookie } : {}) };
    const request = get(url, { headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("end", () => {
        resolve({ path: new URL(url).pathname, encoding: answer.headers["content-encoding"] ?? "plain", bytes });
      });
    });
    request.on("error", reject);
  });
}
