// What a backend does by Persona's documentation: it resumes with the key and hands the session token on. Fewer duties than
// Leftoff's: no link, no device, no ledger, no receipt, no database.
const { API_KEY, API_URL } = process.env;

export async function POST(_, { params }) {
  const { inquiry } = await params;
  const answer = await fetch(`${API_URL}/inquiries/${inquiry}/resume`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  if (!answer.ok) return new Response(null, { status: 502 });
  const { meta } = await answer.json();
  return Response.json({ "inquiry-id": inquiry, "session-token": meta["session-token"] });
}
