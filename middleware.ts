import type { NextRequest, NextResponse } from "next/server";

import { gate } from "@/app/_request/gate";

/** The gate: rotates the session when it is due and applies `access.ts`. A courtesy at the door, never the only check. */
export default function middleware(request: NextRequest): Promise<NextResponse> {
  return gate(request);
}

/**
 * Pages and gated API routes, but for requests of which the door knows already that they pass (decision 052). A matched request costs what Next's own machinery costs, so that what is open to everybody and
 * needs nothing from here does not pass: Next's files, Auth.js, health, and the API before somebody is signed in.
 */
export const config = {
  runtime: "nodejs",
  matcher: [
    {
      source:
        "/((?!_next/|icon\\.svg$|avatars/|healthz$|readyz$|\\.well-known/|dev/mailbox/[^/]+/html$|dev/mailbox/messages$|api/auth/|api/security-reports$|api/sign-up$|api/sign-in|api/refresh$|api/sign-out$|api/verify-email|api/password/forgot$|api/password/reset$).*)",
      // Nobody sends this from outside: scripts/server/own-headers.ts takes away what begins like it.
      missing: [{ type: "header", key: "x-latchkey-passed" }],
    },
  ],
};
