import { randomUUID } from "node:crypto";
import {
  createServer,
  IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";

import { doorKnowledge, isApi } from "@/lib/door";
import { inRequest } from "@/lib/request-context";
import { pagePolicy } from "./content-security-policy";
import { isCrossOrigin } from "./cross-origin";
import { setOwnHeaders, targetOf } from "./own-headers";
import { type RefusalCode, rawRefusal, refuse } from "./refusals";
import { type GuardedResponse, guardedResponseClass, headersOfAll } from "./response-headers";

/** The methods that anything here answers; all others end at the door. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** As read-json.ts has it, for Auth.js, which reads whatever comes. */
const MAX_AUTH_BODY_BYTES = 64 * 1024;

const LIMITS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

const PARSER_REFUSALS: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: "headers_too_large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "body_too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** What the door is told of the site that it belongs to. */
export interface DoorSettings {
  /** The public origin, from AUTH_URL. */
  readonly site: URL;
  readonly trustedProxies: number;
  readonly development: boolean;
  /** Whether the development mailbox is there. */
  readonly mailbox: boolean;
}

/**
 * A server that every request passes on its way in, and every response on its way out: here stands what must hold for all
 * of them, so that no page, route or action can forget it.
 *
 * In: a request id, our own host in place of the one that was sent, and refusals of what no part of the app answers, of
 * http where there is https, of other sites' pages, and of bodies without end. Out: the headers of response-headers.ts.
 *
 * @param handle - Answers what is let in.
 */
export function openDoor(settings: DoorSettings, handle: RequestListener, limits: ServerOptions = LIMITS): Server {
  const { origin } = settings.site;
  const Response = guardedResponseClass(origin);
  const server = createServer<typeof IncomingMessage, typeof Response>(
    { ...LIMITS, ...limits, IncomingMessage, ServerResponse: Response },
    (request, response) => {
      if (letIn(request, response, settings)) inRequest(response.requestId, () => handle(request, response));
    },
  );
  server.on("connect", (_request: IncomingMessage, socket: Socket) => {
    const headers = { ...headersOfAll(origin), Allow: METHODS.join(", ") };
    socket.end(rawRefusal("method_not_allowed", randomUUID(), headers));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: ServerResponse }) => {
    // Into an answer that has begun, nothing can be said any more.
    if (!socket.writable || socket._httpMessage?.headersSent) {
      socket.destroy(error);
      return;
    }
    const code = PARSER_REFUSALS[error.code ?? ""] ?? "bad_request";
    socket.end(rawRefusal(code, randomUUID(), headersOfAll(origin)), () => socket.destroy());
  });
  return server;
}

/** @returns false once the request is answered. */
function letIn(request: IncomingMessage, response: GuardedResponse, settings: DoorSettings): boolean {
  const { site, development, mailbox } = settings;
  const { formTargets, formPosts } = doorKnowledge();
  const target = targetOf(request.url);
  const [path = ""] = (target ?? "").split("?");
  const overHttp = isOverHttp(request, settings);
  const newPolicy = () => pagePolicy({ development, frames: mailbox, formTargets });
  // Next writes a page's scripts with its nonce. Of what the API answers, hardly anything is a page.
  const policy = isApi(path) ? null : newPolicy();
  response.pagePolicy = policy === null ? newPolicy : () => policy;
  setOwnHeaders(request, { site, requestId: response.requestId, policy });

  const method = request.method ?? "";
  const page = !isApi(path) && (request.headers.accept ?? "").includes("text/html");
  if (!METHODS.includes(method) || request.url === "*") {
    refuse(response, "method_not_allowed", { allow: METHODS.join(", ") });
  } else if (target === null) {
    refuse(response, "bad_request");
  } else if (overHttp) {
    leaveHttp(response, { method, path, to: site.origin + target });
  } else if (isCrossOrigin({ method, path, headers: request.headers }, { origin: site.origin, formPosts })) {
    refuse(response, "cross_origin", { page });
  } else {
    const code = bodyRefusal(request, path);
    if (code) refuse(response, code, { page });
    request.url = target;
    return code === null;
  }
  return false;
}

/** Whether a proxy of ours says that it got the request over http, although the site is on https. */
function isOverHttp({ headers }: IncomingMessage, { site, trustedProxies }: DoorSettings): boolean {
  if (site.protocol !== "https:" || trustedProxies === 0) return false;
  const [scheme] = String(headers["x-forwarded-proto"] ?? "")
    .split(",")
    .slice(-trustedProxies);
  return scheme?.trim().toLowerCase() === "http";
}

/** A person is led to https. A program is not: it would send its secrets in the clear again, and never notice. */
function leaveHttp(
  response: GuardedResponse,
  { method, path, to }: { method: string; path: string; to: string },
): void {
  if (isApi(path) || (method !== "GET" && method !== "HEAD")) {
    refuse(response, "https_required");
    return;
  }
  response.writeHead(308, { Location: to });
  response.end();
}

/**
 * Pages and Auth.js read a body to its end: its length has to be known before, and browsers always send it. Every other route
 * reads no further than it takes; of pages, app/_request/large-form.ts says how much that is.
 */
function bodyRefusal({ method, headers }: IncomingMessage, path: string): RefusalCode | null {
  const isAuthJs = path.startsWith("/api/auth/");
  if (method !== "POST" || (isApi(path) && !isAuthJs)) return null;
  if (headers["transfer-encoding"] !== undefined) return "length_required";
  return isAuthJs && Number(headers["content-length"] ?? 0) > MAX_AUTH_BODY_BYTES ? "body_too_large" : null;
}
