// The control API of the simulated Persona.
import { person } from "./person.ts";

export type Status =
  | "created"
  | "pending"
  | "completed"
  | "failed"
  | "expired"
  | "needs_review"
  | "approved"
  | "declined";

export interface Inquiry {
  id: string;
  status: Status;
  redacted: boolean;
  sessions: { id: string; status: "new" | "active" | "expired" }[];
}

export interface Seed {
  template?: string;
  status?: Status;
  fields?: Record<string, string>;
  reference_id?: string;
  age_seconds?: number;
  ended_sessions?: number;
  redacted?: boolean;
}

export type FaultKind =
  | "hang"
  | "broken_json"
  | "truncated_body"
  | "drop_connection"
  | "missing_token"
  | "unknown_status"
  | "frame_denied"
  | { delay: { ms: number } }
  | { status: { code: number; html?: boolean } }
  | { rate_limited: { reset_seconds: number } };

export interface FaultMatch {
  method?: string;
  path_contains?: string;
  inquiry?: string;
}

export interface RequestSeen {
  method: string;
  path: string;
  status: number | null;
  idempotency_key: string | null;
}

const DAY = 24 * 60 * 60;

export class Persona {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Makes an inquiry; one that is expired was left three days ago, any other three hours ago. */
  async seed(status: Status, seed: Seed = {}): Promise<Inquiry> {
    const age_seconds = status === "expired" ? 3 * DAY : DAY / 8;
    const body = { status, fields: person, age_seconds, ended_sessions: 1, ...seed };
    return (await this.#send("POST", "/control/inquiries", body)) as Inquiry;
  }

  async inquiry(id: string): Promise<Inquiry> {
    return (await this.#send("GET", `/control/inquiries/${id}`)) as Inquiry;
  }

  async setStatus(id: string, status: Status): Promise<void> {
    await this.#send("POST", `/control/inquiries/${id}/status`, { status });
  }

  /** How far its clock stands before ours, in seconds: whatever tests moved it by. */
  async ahead(): Promise<number> {
    const { now } = (await this.#send("POST", "/control/clock/advance", { seconds: 0 })) as { now: string };
    return Math.round((Date.parse(now) - Date.now()) / 1000);
  }

  async advanceHours(hours: number): Promise<void> {
    await this.#send("POST", "/control/clock/advance", { seconds: hours * 60 * 60 });
  }

  /** Adds a fault; without `times` it strikes until it is cleared. */
  async fault(kind: FaultKind, match: FaultMatch, times?: number): Promise<void> {
    await this.#send("POST", "/control/faults", { kind, match, times: times ?? null });
  }

  async clearFaults(): Promise<void> {
    await this.#send("DELETE", "/control/faults");
  }

  /** Every API and flow request that reached Persona, or those whose path has a part. */
  async requests(part = ""): Promise<RequestSeen[]> {
    const all = (await this.#send("GET", "/control/requests")) as RequestSeen[];
    return all.filter((request) => request.path.includes(part));
  }

  /** How often an inquiry was resumed. */
  async resumes(id: string): Promise<number> {
    return (await this.requests(`/inquiries/${id}/resume`)).length;
  }

  async #send(method: string, path: string, body?: unknown): Promise<unknown> {
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.headers = { "content-type": "application/json" };
      init.body = JSON.stringify(body);
    }
    const answer = await fetch(this.#origin + path, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
}
