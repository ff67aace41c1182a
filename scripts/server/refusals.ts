import { STATUS_CODES } from "node:http";

import type { GuardedResponse } from "./response-headers";

/** What ends at the door: its status and what it says. The app's own refusals are in app/_request/problem.ts. */
const REFUSALS = {
  bad_request: [400, "Bad request", "This request is not in the form that HTTP has."],
  cross_origin: [403, "Request from another site", "This request did not come from a page of this site."],
  https_required: [403, "HTTPS required", "Ask again over https, and treat what you have sent as known to others."],
  method_not_allowed: [405, "Method not allowed", "This address does not answer that method."],
  request_timeout: [408, "Request timeout", "The request did not arrive in time."],
  length_required: [411, "Length required", "Send the body's length, as Content-Length."],
  body_too_large: [413, "Body too large", "The body is larger than anything that is taken here."],
  headers_too_large: [431, "Headers too large", "The headers may have at most 16 KiB."],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/**
 * Answers with a refusal and closes the connection, on which a body may still be under way: for programs as a problem
 * (RFC 9457), for people as a page that says it.
 */
export function refuse(
  response: GuardedResponse,
  code: RefusalCode,
  options: { page?: boolean; allow?: string } = {},
): void {
  const [status, title, detail] = REFUSALS[code];
  response.statusCode = status;
  response.setHeader("Connection", "close");
  if (options.allow) response.setHeader("Allow", options.allow);
  response.setHeader("Content-Type", options.page ? "text/html; charset=utf-8" : "application/problem+json");
  const body = options.page ? pageOf(title, detail) : problemOf(code, response.requestId);
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** The same for a connection on which no request could be made out. */
export function rawRefusal(code: RefusalCode, requestId: string, headers: Readonly<Record<string, string>>): string {
  const [status] = REFUSALS[code];
  const body = problemOf(code, requestId);
  const lines = Object.entries({
    ...headers,
    "X-Request-Id": requestId,
    "Content-Type": "application/problem+json",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "private, no-store",
    Connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`;
}

function problemOf(code: RefusalCode, requestId: string): string {
  const [status, title, detail] = REFUSALS[code];
  return JSON.stringify({ type: "about:blank", title, status, code, detail, requestId });
}

function pageOf(title: string, detail: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><main><h1>${title}</h1><p>${detail}</p><p><a href="/">To the first page</a></p></main></body></html>`;
}
