import { findByPassword } from "../../../../people.mjs";
import { getSession } from "../../../session";

export async function POST(request) {
  const person = await findByPassword(await request.json());
  if (!person) return Response.json({ user: null }, { status: 401 });
  const session = await getSession();
  session.user = person;
  await session.save();
  return Response.json({ user: person });
}
