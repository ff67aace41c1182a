import { NextRequest } from "next/server";

import { env } from "@/lib/env/env";

/**
 * The request without a `callbackUrl` that is no address: Auth.js takes one for a fault of the configuration, and answers 500
 * (A87). What it leads to otherwise, the `redirect` callback says.
 */
export function dropUnusableCallback(request: Request): NextRequest {
  const url = new URL(request.url);
  if (url.searchParams.getAll("callbackUrl").every(isAddress)) return new NextRequest(request);
  url.searchParams.delete("callbackUrl");
  const { method, headers, body } = request;
  return new NextRequest(url, { method, headers, ...(body ? { body, duplex: "half" } : {}) });
}

function isAddress(text: string): boolean {
  const base = text.startsWith("/") ? env().AUTH_URL : undefined;
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}
