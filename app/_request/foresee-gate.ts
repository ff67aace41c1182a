import { accessRuleFor, isAllowed } from "@/access";
import { settledClaims } from "@/features/session/check-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { type ArrivingRequest, type GateForecast, isApi } from "@/lib/door";
import { cookieIn } from "@/lib/host-cookie";
import { addressOnTheWay } from "./address-on-the-way";

/** One that everything which routes by it reads in the same way: nothing encoded, no dots, no doubled slash. */
const PLAIN_PATH = /^\/(?:[\w-]+(?:\/[\w-]+)*)?$/;
const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * What the gate would do with a request, without asking it, since asking costs more than its answer (decision 052): let it
 * through just as it is, with nothing to refuse or to set, or send a visitor to sign in. All else the gate itself decides.
 */
export async function foreseeGate(request: ArrivingRequest): Promise<GateForecast> {
  const { method, path, headers } = request;
  const rule = PLAIN_PATH.test(path) ? accessRuleFor(path) : null;
  if (rule === null) return "unknown";
  if (isApi(path) && headers.authorization !== undefined) return "passes";
  // A form is looked into, some rows ask for more than a session, and what is to be decided as of now takes a query.
  if (!isApi(path) && !SAFE_METHODS.has(method)) return "unknown";

  const cookie = cookieIn(headers.cookie ?? "", sessionCookieName());
  if (!cookie && rule.access !== "public") return foreseeVisit(request);
  if (rule.fresh || rule.recentAuthenticationSeconds !== undefined) return "unknown";
  if (!cookie) return "passes";
  const claims = await settledClaims(cookie, systemClock());
  return claims !== null && isAllowed(rule.access, claims.roles) ? "passes" : "unknown";
}

/** What becomes of a visitor who wants in. Next has redirects of its own for the parts of a page that its script asks for. */
function foreseeVisit({ path, search, headers }: ArrivingRequest): GateForecast {
  const isPlainVisit = !isApi(path) && search === "" && headers["rsc"] === undefined;
  if (!isPlainVisit) return "unknown";
  const { pathname, search: wayBack } = addressOnTheWay("/sign-in", path);
  return { redirectTo: pathname + wayBack };
}
