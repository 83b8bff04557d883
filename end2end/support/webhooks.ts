// Persona's webhooks, sent when a test wants them: what the simulated Persona lists, signed as Persona signs.
import { createHmac } from "node:crypto";
import { run } from "./run.ts";

export interface PersonaEvent {
  type: "event";
  id: string;
  attributes: { name: string; payload: { data: { attributes: Record<string, unknown> } } };
}

/** The events of an inquiry, the newest first. */
export async function eventsOf(inquiry: string): Promise<PersonaEvent[]> {
  const headers = { authorization: `Bearer ${run().apiKey}`, "persona-version": "2025-12-08" };
  const answer = await fetch(`${run().persona}/api/v1/events?filter[object-id]=${inquiry}`, { headers });
  if (!answer.ok) throw new Error(`the events: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { data: PersonaEvent[] }).data;
}

/** Sends an event as a webhook; gives the status of the answer. */
export async function tell(event: PersonaEvent, secret = run().webhookSecret): Promise<number> {
  const body = JSON.stringify({ data: event });
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "persona-signature": `t=${time},v1=${signature}` };
  const answer = await fetch(`${run().portal}/webhooks/persona`, { method: "POST", headers, body });
  return answer.status;
}
