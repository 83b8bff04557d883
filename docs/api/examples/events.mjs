// Prints what happened so far, and the cursor to go on with later: node events.mjs [CURSOR]

async function page(cursor) {
  const query = new URLSearchParams({ limit: "100", ...(cursor && { cursor }) });
  const answer = await fetch(`${process.env.LEFTOFF_URL}/api/v1/events?${query}`, {
    headers: { Authorization: `Bearer ${process.env.LEFTOFF_API_KEY}` },
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

let cursor = process.argv[2];
let hasMore = true;
while (hasMore) {
  const events = await page(cursor);
  for (const event of events.data) console.log(event.occurred_at, event.type, event.inquiry_id);
  [cursor, hasMore] = [events.next_cursor, events.has_more];
}

console.log("cursor", cursor);
