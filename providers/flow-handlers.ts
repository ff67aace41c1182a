import { NextRequest, NextResponse } from "next/server";

import { dropFlowCookies, takeFlowCookies } from "./auth-js-cookies";
import { type AuthHandlers, adoptFlow } from "./begin-flow";
import { configuredProvider } from "./configured-provider";
import { endFlow } from "./end-flow";
import { formToQuery } from "./form-to-query";

const FLOW_PATH = /^\/api\/auth\/(signin|callback)\/([^/]+)\/?$/;
/** By which Auth.js's browser client asks for the address instead of a redirect. */
const AS_JSON = "x-auth-return-redirect";

/**
 * Auth.js's handlers with flows of their own for its OAuth and OpenID Connect providers. What Auth.js keeps in cookies that all
 * flows share neither reaches a browser nor comes in from one.
 */
export function flowHandlers(handlers: AuthHandlers): AuthHandlers {
  const passOn = async (method: "GET" | "POST", request: NextRequest) =>
    (await takeFlowCookies(await handlers[method](dropFlowCookies(new NextRequest(request))))).rest;
  return {
    async GET(request) {
      const [, action, provider = ""] = FLOW_PATH.exec(request.nextUrl.pathname) ?? [];
      const ends = action === "callback" && request.method === "GET" && (await configuredProvider(provider));
      return ends ? endFlow(handlers, request, provider) : passOn("GET", request);
    },
    async POST(request) {
      const [, action, provider = ""] = FLOW_PATH.exec(request.nextUrl.pathname) ?? [];
      if (!action || !(await configuredProvider(provider))) return passOn("POST", request);
      return action === "callback" ? formToQuery(request) : begin(handlers, request, provider);
    },
  };
}

async function begin(handlers: AuthHandlers, request: NextRequest, provider: string): Promise<Response> {
  const presented = request.cookies.getAll().map(({ name }) => name);
  const inner = dropFlowCookies(new NextRequest(request));
  inner.headers.delete(AS_JSON);
  const answer = await adoptFlow(await handlers.POST(inner), { provider, presented });
  const url = answer.headers.get("location");
  if (!request.headers.has(AS_JSON) || !url) return answer;
  answer.headers.delete("location");
  const headers = new Headers(answer.headers);
  headers.set("content-type", "application/json");
  return new NextResponse(JSON.stringify({ url }), { headers });
}
