import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import next from "next";

import { Failure } from "@/lib/failure";

/** The methods that anything here answers; all others end at the door. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Requests in flight get this long to finish after SIGTERM. */
const DRAIN_TIMEOUT_MS = 10_000;

const METHOD_NOT_ALLOWED = "HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

type RequestHandler = ReturnType<ReturnType<typeof next>["getRequestHandler"]>;

/** A listening server. */
export interface HttpServer {
  /** Takes no new request, lets those in flight finish, then closes. */
  stop(): Promise<void>;
}

/**
 * Serves the app on `port`, and does what must hold for every response, whichever part of the app makes it.
 *
 * @param options.loopbackOnly - Listen on 127.0.0.1 and ::1 only, so that what is for development is not on the network.
 * @throws Failure `port_in_use`.
 */
export async function startHttpServer(options: {
  root: string;
  port: number;
  loopbackOnly: boolean;
  development: boolean;
}): Promise<HttpServer> {
  const { port, development } = options;
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
  };
  const addresses = options.loopbackOnly ? ["127.0.0.1", "::1"] : [undefined];
  const servers = addresses.map(() => createServer(limits));

  // Before Next loads: a port that is taken should be told at once.
  const listening = await listenOnEach(servers, addresses, port);
  const app = next({ dev: development, dir: options.root, port, hostname: "localhost" });
  let handle: RequestHandler | null = null;
  for (const server of listening) {
    server.on("request", (request, response) => void answer(handle, request, response));
    server.on("connect", (_request: IncomingMessage, socket: Socket) => socket.end(METHOD_NOT_ALLOWED));
  }
  await app.prepare();
  if (development) for (const server of listening) server.on("upgrade", app.getUpgradeHandler());
  handle = app.getRequestHandler();
  return { stop: () => drain(listening, app) };
}

async function answer(
  handle: RequestHandler | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  // What clients send under these names is theirs, not ours: overwritten before anything reads it.
  request.headers["x-request-id"] = requestId;
  request.headers["x-latchkey-peer"] = request.socket.remoteAddress ?? "";
  response.setHeader("X-Request-Id", requestId);
  if (!handle) {
    response.writeHead(503, { "Retry-After": "1", "Cache-Control": "no-store" });
    response.end();
    return;
  }
  if (!METHODS.has(request.method ?? "") || request.url === "*") return refuseMethod(response, requestId);
  try {
    await handle(request, response);
  } catch {
    if (!response.headersSent) response.writeHead(500, { "Content-Type": "application/problem+json" });
    response.end();
  }
}

function refuseMethod(response: ServerResponse, requestId: string): void {
  const problem = {
    type: "about:blank",
    title: "Method not allowed",
    status: 405,
    code: "method_not_allowed",
    requestId,
  };
  response.writeHead(405, {
    Allow: [...METHODS].join(", "),
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    Connection: "close",
  });
  response.end(JSON.stringify(problem));
}

async function listenOnEach(
  servers: readonly Server[],
  addresses: readonly (string | undefined)[],
  port: number,
): Promise<Server[]> {
  const listening: Server[] = [];
  for (const [index, server] of servers.entries()) {
    try {
      server.listen({ port, host: addresses[index] });
      await once(server, "listening");
      listening.push(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 has no ::1.
      if (index > 0 && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")) continue;
      for (const open of listening) open.close();
      if (code === "EADDRINUSE")
        throw new Failure(
          "port_in_use",
          `Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1}`,
        );
      throw error;
    }
  }
  return listening;
}

async function drain(servers: readonly Server[], app: ReturnType<typeof next>): Promise<void> {
  const timer = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, DRAIN_TIMEOUT_MS);
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      return closed;
    }),
  );
  clearTimeout(timer);
  await app.close();
}
