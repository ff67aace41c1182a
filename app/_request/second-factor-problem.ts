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
