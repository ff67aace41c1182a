import { auth } from "../../../auth.mjs";

export async function GET(request) {
  const session = await auth.api.getSession({ headers: request.headers });
  return session ? Response.json({ user: session.user }) : Response.json({ user: null }, { status: 401 });
}
