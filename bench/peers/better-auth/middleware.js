import { getSessionCookie } from "better-auth/cookies";
import { NextResponse } from "next/server";

/** As its guide has it: only whether there is a cookie. The page asks. */
export default function middleware(request) {
  return getSessionCookie(request) ? NextResponse.next() : NextResponse.redirect(new URL("/sign-in", request.url));
}

export const config = { runtime: "nodejs", matcher: ["/members"] };
