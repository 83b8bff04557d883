// What a backend does by Persona's documentation: it resumes with the key and hands the session token on. Fewer duties than
// Leftoff's: no link, no device, no ledger, no receipt, no database.
import express from "express";

const { API_KEY, API_URL, PORT } = process.env;

const app = express();
app.disable("x-powered-by");
app.get("/livez", (_, response) => response.send("ok"));
app.post("/resume/:inquiry", async (request, response) => {
  const { inquiry } = request.params;
  const answer = await fetch(`${API_URL}/inquiries/${inquiry}/resume`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  if (!answer.ok) return response.sendStatus(502);
  const { meta } = await answer.json();
  response.json({ "inquiry-id": inquiry, "session-token": meta["session-token"] });
});
app.listen(Number(PORT), "127.0.0.1");
