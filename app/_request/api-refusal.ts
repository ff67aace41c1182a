import { type NextRequest, NextResponse } from "next/server";

import { type AccessRule, isAllowed } from "@/access";
import type { SessionCheck } from "@/features/session/check-session";
import { Problem, problemResponse } from "./problem";
import { problemOf } from "./session-problems";

/**
 * What the gate answers to an API call that `access.ts` doesn't allow; null lets it through to its handler.
 *
 * Whoever brings an access token instead of a cookie is judged by the handler, which reads it.
 */
export function refuseApiCall(request: NextRequest, rule: AccessRule | null, check: SessionCheck): NextResponse | null {
  const problem = findProblem(request, rule, check);
  if (!problem) return null;
  const response = problemResponse(problem, request.headers.get("x-request-id") ?? "");
  return new NextResponse(response.body, response);
}

function findProblem(request: NextRequest, rule: AccessRule | null, check: SessionCheck): Problem | null {
  if (!rule) return new Problem("not_found");
  if (rule.access === "public" || request.headers.has("authorization")) return null;
  if (check.state !== "live") return problemOf(check);
  return isAllowed(rule.access, check.claims.roles) ? null : new Problem("forbidden");
}
