import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import next from "next";

import { Failure } from "@/lib/failure";

/** The methods that anything here answers; all others end at the door. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const MAX_HEADER_BYTES = 16 * 1024;
const LIMITS = { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 10_000, requestTimeout: 30_000 };
/** Requests in flight get this long to finish after SIGTERM. */
const DRAIN_TIMEOUT_MS = 10_000;
/** Meanwhile, connections that have become idle are closed this often. */
const IDLE_SWEEP_MS = 100;

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
  const addresses = options.loopbackOnly ? ["127.0.0.1", "::1"] : [undefined];
  // Before Next loads: a port that is taken should be told at once. Nothing listens until there is something to say: a
  // balancer turns at once from an instance that refuses the connection.
  await closeAll(await listenOnEach(addresses, port));

  const app = next({ dev: development, dir: options.root, port, hostname: "localhost" });
  await app.prepare();
  const doors: Door[] = [];
  for (const server of await listenOnEach(addresses, port)) doors.push(openDoor(server, app.getRequestHandler()));
  if (development) for (const { server } of doors) server.on("upgrade", app.getUpgradeHandler());
  return { stop: () => drain(doors, app) };
}

/** A listening server with the answers that it still owes. */
interface Door {
  readonly server: Server;
  readonly owed: Set<ServerResponse>;
  closing: boolean;
}

function openDoor(server: Server, handle: RequestHandler): Door {
  const door: Door = { server, owed: new Set(), closing: false };
  server.on("request", (request, response) => {
    door.owed.add(response);
    response.once("close", () => door.owed.delete(response));
    if (door.closing) response.setHeader("Connection", "close");
    void answer(handle, request, response);
  });
  server.on("connect", (_request: IncomingMessage, socket: Socket) => socket.end(METHOD_NOT_ALLOWED));
  return door;
}

async function answer(handle: RequestHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  // What clients send under these names is theirs, not ours: overwritten before anything reads it.
  request.headers["x-request-id"] = requestId;
  request.headers["x-latchkey-peer"] = request.socket.remoteAddress ?? "";
  response.setHeader("X-Request-Id", requestId);
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

async function listenOnEach(addresses: readonly (string | undefined)[], port: number): Promise<Server[]> {
  const listening: Server[] = [];
  for (const [index, host] of addresses.entries()) {
    const server = createServer(LIMITS);
    try {
      server.listen({ port, host });
      await once(server, "listening");
      listening.push(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A machine without IPv6 has no ::1.
      if (index > 0 && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")) continue;
      await closeAll(listening);
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

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}

/** A client that goes on asking over an open connection is told to come back over a new one, which leads elsewhere. */
async function drain(doors: readonly Door[], app: ReturnType<typeof next>): Promise<void> {
  for (const door of doors) {
    door.closing = true;
    for (const response of door.owed) if (!response.headersSent) response.setHeader("Connection", "close");
  }
  const servers = doors.map(({ server }) => server);
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, IDLE_SWEEP_MS);
  const timer = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, DRAIN_TIMEOUT_MS);
  await closeAll(servers);
  clearInterval(sweep);
  clearTimeout(timer);
  await app.close();
}
