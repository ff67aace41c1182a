import { type NextRequest, NextResponse } from "next/server";
import { decode, encode } from "next-auth/jwt";

import type { FlowSecrets } from "@/features/provider-flow/flow-cookie";
import { env } from "@/lib/env/env";

/** Auth.js's cookies of a flow, by the check that they are for, and the one of where a flow leads to. One name for all flows. */
const CHECK_COOKIES = {
  codeVerifier: "authjs.pkce.code_verifier",
  state: "authjs.state",
  nonce: "authjs.nonce",
} as const;
const CALLBACK_COOKIE = "authjs.callback-url";

type Check = keyof typeof CHECK_COOKIES;

const nameOf = (name: string) => (env().AUTH_URL.protocol === "https:" ? `__Secure-${name}` : name);
const ownNames = () => [...Object.values(CHECK_COOKIES), CALLBACK_COOKIE].map(nameOf);

/** Takes Auth.js's cookies of a flow out of a request: whoever sent them had them from elsewhere. */
export function dropFlowCookies(request: NextRequest): NextRequest {
  for (const name of ownNames()) if (request.cookies.has(name)) request.cookies.delete(name);
  return request;
}

/** What Auth.js put into the cookies of a flow that it has just begun. */
export interface BegunByAuthJs extends FlowSecrets {
  /** Where it leads to; null where nothing was said. */
  readonly callbackUrl: string | null;
}

/** Reads Auth.js's cookies of a flow from its answer, and gives the answer back without them. */
export async function takeFlowCookies(answer: Response): Promise<{ begun: BegunByAuthJs; rest: NextResponse }> {
  const sent = new NextResponse(null, { headers: answer.headers }).cookies.getAll();
  const headers = new Headers(answer.headers);
  headers.delete("set-cookie");
  const rest = new NextResponse(answer.body, { status: answer.status, headers });
  for (const cookie of sent) if (!ownNames().includes(cookie.name)) rest.cookies.set(cookie);

  const valueUnder = (name: string) => sent.find((cookie) => cookie.name === nameOf(name))?.value;
  const open = async (check: Check) => {
    const token = valueUnder(CHECK_COOKIES[check]);
    const opened = token && (await decode({ token, secret: secrets(), salt: nameOf(CHECK_COOKIES[check]) }));
    return opened && typeof opened["value"] === "string" ? opened["value"] : null;
  };
  const [codeVerifier, nonce] = [await open("codeVerifier"), await open("nonce")];
  return { begun: { codeVerifier, nonce, callbackUrl: valueUnder(CALLBACK_COOKIE) || null }, rest };
}

/**
 * Gives Auth.js the cookies against which it checks a provider's answer: those of one flow, which is known to be the one that
 * the answer belongs to.
 *
 * @param flow.state - The answer's own `state` parameter.
 */
export async function giveFlowCookies(
  request: NextRequest,
  flow: FlowSecrets & { provider: string; state: string; callbackPath: string },
): Promise<void> {
  const { provider } = flow;
  for (const [check, name] of Object.entries(CHECK_COOKIES) as [Check, string][]) {
    const value = flow[check];
    if (value === null) continue;
    const sealed = await encode({ token: { value, provider }, secret: secrets(), salt: nameOf(name), maxAge: 60 });
    request.cookies.set(nameOf(name), sealed);
  }
  request.cookies.set(nameOf(CALLBACK_COOKIE), new URL(flow.callbackPath, env().AUTH_URL).href);
}

const secrets = () => [...env().AUTH_SECRET];
