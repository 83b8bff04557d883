"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

// The package touches the window when it is loaded, so the server must not load it.
const Persona = dynamic(() => import("persona-react"), { ssr: false });

export default function Verify({ inquiry, host }) {
  const [live, setLive] = useState(false);
  const [token, setToken] = useState();
  useEffect(() => setLive(true), []);

  async function resume() {
    const answer = await fetch(`/resume/${inquiry}`, { method: "POST" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    setToken((await answer.json())["session-token"]);
  }

  if (token) return <Persona inquiryId={inquiry} sessionToken={token} host={host} />;
  return (
    <button data-live={live ? "" : undefined} onClick={resume}>
      Continue verification
    </button>
  );
}
