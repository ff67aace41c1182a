import { redirect } from "next/navigation";
import { auth } from "../../auth";

export default async function MembersPage() {
  const session = await auth();
  if (!session) redirect("/api/auth/signin");
  return (
    <main>
      <h1>Members</h1>
      <p>{session.user.email}</p>
    </main>
  );
}
