import { accessRuleFor, isAllowed } from "@/access";
import { settledClaims } from "@/features/session/check-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { type ArrivingRequest, isApi } from "@/lib/door";
import { cookieIn } from "@/lib/host-cookie";

/** One that everything which routes by it reads in the same way: nothing encoded, no dots, no doubled slash. */
const PLAIN_PATH = /^\/(?:[\w-]+(?:\/[\w-]+)*)?$/;
const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * Whether the gate would let this request through just as it is, with nothing to refuse, to redirect or to set: so that it need
 * not be asked, since asking costs more than its answer (decision 052). A request for which this says no meets the gate itself.
 */
export async function passesGate({ method, path, headers }: ArrivingRequest): Promise<boolean> {
  const rule = PLAIN_PATH.test(path) ? accessRuleFor(path) : null;
  if (rule === null) return false;
  if (isApi(path) && headers.authorization !== undefined) return true;
  // A form is looked into, some rows ask for more than a session, and what is to be decided as of now takes a query.
  if (!isApi(path) && !SAFE_METHODS.has(method)) return false;
  if (rule.fresh || rule.recentAuthenticationSeconds !== undefined) return false;

  const cookie = cookieIn(headers.cookie ?? "", sessionCookieName());
  if (!cookie) return rule.access === "public";
  const claims = await settledClaims(cookie, systemClock());
  return claims !== null && isAllowed(rule.access, claims.roles);
}
