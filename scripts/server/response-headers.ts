import { randomUUID } from "node:crypto";
import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";

import { NO_PAGE_POLICY, reportingEndpoints } from "./content-security-policy";

const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** On every response of every status, whoever makes it: a page, a route, Next, Node's parser, the door. */
export function headersOfAll(origin: string): Readonly<Record<string, string>> {
  return {
    // Browsers heed it over https alone, so that it does no harm on a developer's machine.
    "Strict-Transport-Security": `max-age=${TWO_YEARS_SECONDS}; includeSubDomains`,
    "X-Content-Type-Options": "nosniff",
    // Not no-referrer, which also takes the Origin header from this site's own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()",
    "Reporting-Endpoints": reportingEndpoints(origin),
  };
}

/** A response that has a request id and the headers of all, and is complete before its first byte leaves. */
export interface GuardedResponse extends ServerResponse {
  readonly requestId: string;
  /** Makes the policy to send if a page comes of it. */
  pagePolicy: () => string;
}

type HeadersArgument = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** The class that Node makes every response of, also those that it answers by itself. */
export function guardedResponseClass(origin: string) {
  const ofAll = Object.entries(headersOfAll(origin));
  return class<Request extends IncomingMessage = IncomingMessage>
    extends ServerResponse<Request>
    implements GuardedResponse
  {
    readonly requestId = randomUUID();
    pagePolicy = () => NO_PAGE_POLICY;

    // Node calls it for every response: `end` and `write` do where nobody has.
    override writeHead(status: number, ...rest: (string | HeadersArgument | undefined)[]): this {
      for (const given of rest) if (typeof given === "object") setAll(this, given);
      for (const [name, value] of ofAll) if (!this.hasHeader(name)) this.setHeader(name, value);
      this.setHeader("X-Request-Id", this.requestId);
      complete(this, status);
      const [message] = rest;
      return typeof message === "string" ? super.writeHead(status, message) : super.writeHead(status);
    }
  };
}

function setAll(response: ServerResponse, given: HeadersArgument): void {
  if (!Array.isArray(given)) {
    for (const [name, value] of Object.entries(given)) if (value !== undefined) response.setHeader(name, value);
    return;
  }
  for (let index = 0; index + 1 < given.length; index += 2) {
    response.setHeader(String(given[index]), given[index + 1] as string);
  }
}

function complete(response: GuardedResponse, status: number): void {
  const type = String(response.getHeader("Content-Type") ?? (status >= 400 ? "text/plain" : ""));
  if (type.startsWith("text/") && !/charset/i.test(type)) {
    response.setHeader("Content-Type", `${type}; charset=utf-8`);
  }
  if (!response.hasHeader("Content-Security-Policy")) {
    const policy = type.startsWith("text/html") ? response.pagePolicy() : NO_PAGE_POLICY;
    response.setHeader("Content-Security-Policy", policy);
  }
  // What says nothing of caching may be about one person.
  if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "private, no-store");
}
