import type { Admission } from "@/features/second-factor/admit-first-factor";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { serializeCookie } from "./cookie";
import { Problem } from "./problem";

/** Answers an API client whose first factor was right: the second one is to follow, with the cookie that comes along. */
export function secondFactorProblem(admission: Extract<Admission, { challengeToken: string }>): Problem {
  const attributes = challengeCookieAttributes(admission.expiresAt);
  const cookie = serializeCookie(challengeCookieName(), admission.challengeToken, attributes);
  return new Problem("second_factor_required", { headers: { "Set-Cookie": cookie } });
}

/** Answers whoever types codes while the account's authenticator app is locked. */
export function lockedProblem(lockedUntil: Date, now: Date): Problem {
  const seconds = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000);
  return new Problem("rate_limited", { headers: { "Retry-After": String(seconds) } });
}
