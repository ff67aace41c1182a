import { Problem } from "@/app/_request/problem";
import { route } from "@/app/_request/route";
import { proveConsent } from "@/features/attack-target/prove-consent";

/** Whether `npm run attack` may attack this instance. Nothing is here unless its operator said so. */
async function getConsent(request: Request): Promise<Response> {
  const consent = proveConsent(new URL(request.url).searchParams.get("challenge"));
  if (!consent) throw new Problem("not_found");
  return Response.json(consent);
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getConsent });
