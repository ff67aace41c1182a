import { auth } from "../../../auth";

export const GET = auth((request) =>
  request.auth ? Response.json({ user: request.auth.user }) : Response.json({ user: null }, { status: 401 }),
);
