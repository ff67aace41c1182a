import { type NextRequest, NextResponse } from "next/server";

import { env } from "@/lib/env/env";

/** What an answer can consist of: RFC 6749 section 4.1.2, RFC 9207, and Apple's `user` with a name, at the first sign-in. */
const MEMBERS = ["state", "code", "iss", "error", "error_description", "error_uri", "user"];

/** Of an address that every server and browser in between takes. Real answers have less than half of it. */
const MAX_QUERY_LENGTH = 6 * 1024;

/**
 * Turns a provider's answer that came as a form into one that comes in the address, by leading the browser to it.
 *
 * The form is posted by the provider's page, and with a POST from another site browsers send no cookie that is
 * `SameSite=Lax`, as those of flows and sessions are. With the GET that follows they do. So nothing has to be let out to other
 * sites' forms for the sake of one provider, and the answer is judged in one place.
 *
 * @returns A redirect; to the page that explains it where the form is none of a provider's.
 * @see https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 */
export async function formToQuery(request: NextRequest): Promise<NextResponse> {
  const form = new URLSearchParams(await request.text());
  const query = new URLSearchParams([...form].filter(([name]) => MEMBERS.includes(name))).toString();
  const path =
    query.length <= MAX_QUERY_LENGTH ? `${request.nextUrl.pathname}?${query}` : "/auth-error?error=InvalidCheck";
  return NextResponse.redirect(new URL(path, env().AUTH_URL), 303);
}
