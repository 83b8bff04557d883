import Verify from "./verify";

export const dynamic = "force-dynamic";

/** The inquiry of the address stands in for that of a person who is signed in. */
export default async function Page({ searchParams }) {
  const { inquiry } = await searchParams;
  return (
    <main>
      <h1>Continue verification</h1>
      <Verify inquiry={inquiry} host={process.env.FLOW_HOST} />
    </main>
  );
}
