import { NextRequest, type NextResponse } from "next/server";

import {
  flowCookieAttributes,
  flowCookieName,
  sealFlowSecrets,
  surplusFlowCookies,
} from "@/features/provider-flow/flow-cookie";
import { type FlowState, sealFlowState } from "@/features/provider-flow/flow-state";
import { MAX_CALLBACK_PATH_LENGTH } from "@/features/provider-flow/policy";
import { safeSitePath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { expiredCookieAttributes } from "@/lib/host-cookie";
import { uuidv7 } from "@/lib/uuid";
import { type BegunByAuthJs, takeFlowCookies } from "./auth-js-cookies";

/** Auth.js's handlers, or what stands in front of them. */
export interface AuthHandlers {
  GET(request: NextRequest): Promise<Response>;
  POST(request: NextRequest): Promise<Response>;
}

/** Who begins a flow, and with which cookies in hand. */
interface Beginning {
  readonly provider: string;
  /** The names of all cookies that the browser sent. */
  readonly presented: readonly string[];
  readonly restarted?: boolean;
}

/**
 * Makes a flow of its own of one that Auth.js has just begun: with a `state` that names it, and one cookie that nothing else
 * touches, in place of Auth.js's three that all flows share.
 *
 * @param answer - Auth.js's. One that leads to no provider comes back as it is, without those cookies.
 */
export async function adoptFlow(answer: Response, beginning: Beginning): Promise<NextResponse> {
  const { begun, rest } = await takeFlowCookies(answer);
  const address = providerAddress(rest);
  if (!address) return rest;
  const now = systemClock();
  const state: FlowState = {
    id: uuidv7(now),
    provider: beginning.provider,
    callbackPath: callbackPathOf(begun),
    startedAt: now,
    restarted: beginning.restarted === true,
  };
  const sealedState = sealFlowState(state);
  address.searchParams.set("state", sealedState);
  rest.headers.set("Location", address.href);
  for (const name of surplusFlowCookies(beginning.presented)) rest.cookies.set(name, "", expiredCookieAttributes());
  rest.cookies.set(flowCookieName(state.id), sealFlowSecrets(sealedState, begun), flowCookieAttributes(state));
  return rest;
}

/**
 * Begins a flow where no form of Auth.js's was sent: from an action of ours, or in place of a flow that broke. Whether somebody
 * meant to is for the caller to know.
 *
 * @param parameters - Of the authorization request, such as `prompt`.
 */
export async function beginFlow(
  handlers: AuthHandlers,
  beginning: Beginning & { callbackPath: string; parameters?: Readonly<Record<string, string>> },
): Promise<NextResponse> {
  const origin = env().AUTH_URL.origin;
  const csrf = (await takeFlowCookies(await handlers.GET(new NextRequest(`${origin}/api/auth/csrf`)))).rest;
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.cookies.getAll().map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  const { provider, callbackPath, parameters = {} } = beginning;
  const request = new NextRequest(`${origin}/api/auth/signin/${provider}?${new URLSearchParams(parameters)}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookie.join("; ") },
    body: new URLSearchParams({ csrfToken, callbackUrl: callbackPath }).toString(),
  });
  return adoptFlow(await handlers.POST(request), beginning);
}

/** Where Auth.js sends the browser, if that is the provider and not a page of ours that says why not. */
function providerAddress(answer: NextResponse): URL | null {
  const location = answer.headers.get("location");
  const address = location === null ? null : new URL(location, env().AUTH_URL);
  return address && address.origin !== env().AUTH_URL.origin ? address : null;
}

/** Checked when Auth.js was asked; checked again where it is used. */
function callbackPathOf({ callbackUrl }: BegunByAuthJs): string {
  const path = safeSitePath(callbackUrl, env().AUTH_URL.origin);
  return path.length <= MAX_CALLBACK_PATH_LENGTH ? path : safeSitePath(null);
}
