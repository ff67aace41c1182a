import { route } from "@/app/_request/route";
import { checkReadiness } from "@/features/health/check-readiness";

/** This instance can serve: a balancer should send it requests. */
async function getReadiness(): Promise<Response> {
  const missing = await checkReadiness();
  if (missing.length === 0) return Response.json({ status: "ready" });
  return Response.json({ status: "unready", missing }, { status: 503, headers: { "Retry-After": "2" } });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getReadiness });
