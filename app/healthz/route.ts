import { route } from "@/app/_request/route";
import { describeRequest } from "@/features/health/describe-request";

/** This process answers. Asks nothing of anything else: a restart would not bring back a database. */
function getHealth({ headers }: Request): Response {
  const request = describeRequest(headers, new Date());
  return Response.json({ status: "ok", ...(request ? { request } : {}) });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getHealth });
