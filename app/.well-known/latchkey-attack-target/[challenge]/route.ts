import { Problem } from "@/app/_request/problem";
import { type Handler, route } from "@/app/_request/route";
import { proveConsent } from "@/features/attack-target/prove-consent";

/** Whether `npm run attack` may attack this instance. Nothing is here unless its operator said so. */
const getConsent: Handler<{ challenge: string }> = async (_request, { params }) => {
  const consent = proveConsent((await params).challenge);
  if (!consent) throw new Problem("not_found");
  return Response.json(consent);
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getConsent });
