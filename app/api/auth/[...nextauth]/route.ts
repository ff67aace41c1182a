import { NextRequest } from "next/server";

import { route } from "@/app/_request/route";
import { handlers } from "@/auth";

/** Auth.js: `providers`, `csrf`, `signin`, `callback`, `signout`. The session is read by the route beside this one. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: (request) => handlers.GET(new NextRequest(request)),
  POST: (request) => handlers.POST(new NextRequest(request)),
});
