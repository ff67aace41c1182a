import { route } from "@/app/_request/route";

/** This process answers. Asks nothing of anything else: a restart would not bring back a database. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: () => Response.json({ status: "ok" }),
});
