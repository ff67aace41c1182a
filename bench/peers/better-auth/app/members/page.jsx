import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { auth } from "../../auth.mjs";

export default async function MembersPage() {
  const session = await auth.api.getSession({ headers: await headers() });
  if (!session) redirect("/sign-in");
  return (
    <main>
      <h1>Members</h1>
      <p>{session.user.email}</p>
    </main>
  );
}
