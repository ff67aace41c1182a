import { type NextRequest, NextResponse } from "next/server";

import { env } from "@/lib/env/env";

/** As `serverActions.bodySizeLimit` in next.config.ts: past it, Next answers 500 without a word. */
const MAX_FORM_BYTES = 6 * 1024 * 1024;

/**
 * Refuses a form whose body is larger than any action takes, which only a file can be. Its page is told (`?too-large=1`).
 *
 * @returns null for everything else.
 */
export function refuseLargeForm(request: NextRequest): NextResponse | null {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (request.method !== "POST" || !(length > MAX_FORM_BYTES)) return null;
  // The script that sends an action looks at the file first.
  if (request.headers.has("next-action")) return new NextResponse(null, { status: 413 });
  return NextResponse.redirect(new URL(`${request.nextUrl.pathname}?too-large=1`, env().AUTH_URL), 303);
}
