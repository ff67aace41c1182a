import { NextRequest, NextResponse } from "next/server";

import { flowCookieName } from "@/features/provider-flow/flow-cookie";
import type { FlowState } from "@/features/provider-flow/flow-state";
import { type OpenFlow, redeemFlow } from "@/features/provider-flow/redeem-flow";
import { checkSession } from "@/features/session/check-session";
import { sessionCookieName } from "@/features/session/session-cookie";
import { safeSitePath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { expiredCookieAttributes } from "@/lib/host-cookie";
import { answersByForm } from "./answers-by-form";
import { dropFlowCookies, giveFlowCookies, takeFlowCookies } from "./auth-js-cookies";
import { type AuthHandlers, beginFlow } from "./begin-flow";
import { configuredProvider } from "./configured-provider";
import { connectingPath, outcomePath } from "./connecting-path";

const flows = new WeakMap<Request, OpenFlow>();

/**
 * The flow that a request ends: for Auth.js's callbacks, which see the request and none of its flow.
 *
 * @param request - As Auth.js's configuration is told it.
 * @returns null where no flow ends, as with a password.
 */
export function flowOf(request: Request | undefined): OpenFlow | null {
  return (request && flows.get(request)) ?? null;
}

/**
 * Has Auth.js judge a provider's answer, with the cookies of the one flow that the answer belongs to. A flow that broke is begun
 * anew, once; an answer that belongs to none is told so.
 */
export async function endFlow(handlers: AuthHandlers, request: NextRequest, provider: string): Promise<Response> {
  const parameters = request.nextUrl.searchParams;
  const [state, ...others] = parameters.getAll("state");
  // Given twice, it means one thing to us and perhaps another to what reads it next.
  if (!state || others.length > 0) return explain(parameters.has("error") ? "OAuthCallbackError" : "InvalidCheck");
  const cookieOf = (name: string) => request.cookies.get(name)?.value;
  const redeemed = await redeemFlow(state, provider, cookieOf, systemClock());
  switch (redeemed.outcome) {
    case "unknown":
      return explain("InvalidCheck");
    case "broken":
      return mend(handlers, request, redeemed.state, redeemed.begunHere);
    case "open": {
      const leave = parameters.has("error") && (await leaveCancelled(request, redeemed.flow));
      if (leave) return forget(leave, redeemed.flow);
      return forget(await judge(handlers, request, { ...redeemed.flow, state }), redeemed.flow);
    }
  }
}

async function judge(
  handlers: AuthHandlers,
  request: NextRequest,
  flow: OpenFlow & { state: string },
): Promise<NextResponse> {
  const provider = await configuredProvider(flow.provider);
  const inner = dropFlowCookies(provider && answersByForm(provider) ? asForm(request) : new NextRequest(request));
  await giveFlowCookies(inner, flow);
  flows.set(inner, flow);
  const answer = await (inner.method === "POST" ? handlers.POST(inner) : handlers.GET(inner));
  return (await takeFlowCookies(answer)).rest;
}

/** The form that `formToQuery` took apart, since Auth.js reads such a provider's answer out of nothing else. */
function asForm(request: NextRequest): NextRequest {
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/x-www-form-urlencoded");
  const { origin, pathname, searchParams } = request.nextUrl;
  return new NextRequest(origin + pathname, { method: "POST", headers, body: searchParams.toString() });
}

/**
 * What to do about a flow that can't end: nothing was believed of the answer, and nothing of it is used.
 *
 * Beginning anew is what pressing the button once more would do, and gives nothing to whoever made the browser come here: the
 * account is chosen at the provider. But nobody is to be signed in who didn't ask for it; so where the browser can't show that it
 * began the flow, the provider is asked to have the person confirm who they are.
 *
 * @see docs/decisions/014-flows-of-their-own.md
 */
async function mend(
  handlers: AuthHandlers,
  request: NextRequest,
  flow: FlowState,
  begunHere: boolean,
): Promise<Response> {
  const { provider, callbackPath } = flow;
  // What was to connect must not end as a sign-in.
  const wasToConnect = isToConnect(flow);
  // Cancelled there: asking again would be rude.
  if (request.nextUrl.searchParams.has("error")) {
    return forget(wasToConnect && begunHere ? leaveUnfinished(provider) : explain("OAuthCallbackError"), flow);
  }
  if (wasToConnect && !begunHere) return forget(explain("InvalidCheck"), flow);
  // The other of two answers signed them in.
  if (wasToConnect || (await isSignedIn(request))) return forget(redirect(safeSitePath(callbackPath)), flow);
  if (flow.restarted) return forget(explain("InvalidCheck"), flow);
  const presented = request.cookies.getAll().map(({ name }) => name);
  const parameters: Record<string, string> = begunHere ? {} : { prompt: "login" };
  return forget(await beginFlow(handlers, { provider, callbackPath, parameters, presented, restarted: true }), flow);
}

const isToConnect = ({ provider, callbackPath }: FlowState) => callbackPath === connectingPath(provider);

/** Nothing went wrong with the sign-in of somebody who is signed in, and cancelled connecting or proving once more who they are. */
async function leaveCancelled(request: NextRequest, flow: FlowState): Promise<NextResponse | null> {
  if (isToConnect(flow)) return leaveUnfinished(flow.provider);
  return (await isSignedIn(request)) ? redirect(safeSitePath(flow.callbackPath)) : null;
}

const leaveUnfinished = (provider: string) => redirect(outcomePath(provider, "unfinished"));

async function isSignedIn(request: NextRequest): Promise<boolean> {
  const cookie = request.cookies.get(sessionCookieName())?.value;
  const check = await checkSession(cookie, { now: systemClock(), mayRotate: false });
  return check.state === "live";
}

function forget(response: NextResponse, { id }: FlowState): NextResponse {
  response.cookies.set(flowCookieName(id), "", expiredCookieAttributes());
  return response;
}

function explain(error: "InvalidCheck" | "OAuthCallbackError"): NextResponse {
  return redirect(`/auth-error?${new URLSearchParams({ error })}`);
}

function redirect(path: string): NextResponse {
  return NextResponse.redirect(new URL(path, env().AUTH_URL), 302);
}
