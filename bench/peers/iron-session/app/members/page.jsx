import { redirect } from "next/navigation";
import { getSession } from "../../session";

export default async function MembersPage() {
  const { user } = await getSession();
  if (!user) redirect("/sign-in");
  return (
    <main>
      <h1>Members</h1>
      <p>{user.email}</p>
    </main>
  );
}
