import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { join } from "node:path";
import next from "next";

import { type ArrivingRequest, doorKnowledge, standAtDoor } from "@/lib/door";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";
import { type DoorSettings, openDoor } from "./door";

/** Requests in flight get this long to finish after SIGTERM. */
const DRAIN_TIMEOUT_MS = 10_000;
/** Meanwhile, connections that have become idle are closed this often. */
const IDLE_SWEEP_MS = 100;

type RequestHandler = ReturnType<ReturnType<typeof next>["getRequestHandler"]>;

/** A listening server. */
export interface HttpServer {
  /** Takes no new request, lets those in flight finish, then closes. */
  stop(): Promise<void>;
}

/**
 * Serves the app on `port`, behind the door that every request and response passes.
 *
 * @param options.loopbackOnly - Listen on 127.0.0.1 and ::1 only, so that what is for development is not on the network.
 * @throws Failure `port_in_use`.
 */
export async function startHttpServer(
  options: DoorSettings & { root: string; port: number; loopbackOnly: boolean },
): Promise<HttpServer> {
  const { port, development } = options;
  const addresses = options.loopbackOnly ? ["127.0.0.1", "::1"] : [undefined];
  // Before Next loads: a port that is taken should be told at once. Nothing listens until there is something to say: a
  // balancer turns at once from an instance that refuses the connection.
  await closeAll(await listenOnEach(addresses, port, () => openDoor(options, () => undefined)));

  standAtDoor();
  // Where Next asks itself for a page, such as the one that an action leads to: never over the network, by nobody's Host.
  process.env["__NEXT_PRIVATE_ORIGIN"] = `http://localhost:${port}`;
  if (!development) setBuiltConfiguration(options.root);
  const app = next({ dev: development, dir: options.root, port, hostname: "localhost" });
  await app.prepare();
  const entrances: Entrance[] = [];
  const open = () => {
    const entrance = newEntrance(options, app.getRequestHandler());
    entrances.push(entrance);
    return entrance.server;
  };
  const servers = await listenOnEach(addresses, port, open);
  if (development) for (const server of servers) server.on("upgrade", app.getUpgradeHandler());
  return { stop: () => drain(entrances, app) };
}

/** What the build made of next.config.ts: to read that file anew, Next would load its compiler, of a hundred megabytes. */
function setBuiltConfiguration(root: string): void {
  const manifest = readFileSync(join(root, ".next", "required-server-files.json"), "utf8");
  const { config } = JSON.parse(manifest) as { config: object };
  process.env["__NEXT_PRIVATE_STANDALONE_CONFIG"] = JSON.stringify(config);
}

/** A door with the answers that it still owes. */
interface Entrance {
  readonly server: Server;
  readonly owed: Set<ServerResponse>;
  closing: boolean;
}

function newEntrance(settings: DoorSettings, handle: RequestHandler): Entrance {
  const entrance: Entrance = {
    server: openDoor(settings, (request, response) => {
      entrance.owed.add(response);
      response.once("close", () => entrance.owed.delete(response));
      if (entrance.closing) response.setHeader("Connection", "close");
      void answer(handle, request, response);
    }),
    owed: new Set(),
    closing: false,
  };
  return entrance;
}

function arriving({ method = "", url = "", headers }: IncomingMessage): ArrivingRequest {
  const end = url.includes("?") ? url.indexOf("?") : url.length;
  return { method, headers, path: url.slice(0, end), search: url.slice(end) };
}

async function answer(handle: RequestHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const foreseen = await doorKnowledge().foreseeGate(arriving(request));
    if (foreseen === "passes") request.headers["x-latchkey-passed"] = "1";
    if (typeof foreseen === "string") await handle(request, response);
    else sendTo(response, foreseen.redirectTo);
  } catch (error) {
    log.error({ error }, "A request failed in the framework.");
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  }
}

/** As the gate does (app/_request/gate.ts). */
function sendTo(response: ServerResponse, path: string): void {
  response.writeHead(307, { Location: path, "Cache-Control": "private, no-store", "Content-Length": 0 });
  response.end();
}

async function listenOnEach(
  addresses: readonly (string | undefined)[],
  port: number,
  open: () => Server,
): Promise<Server[]> {
  const listening: Server[] = [];
  for (const [index, host] of addresses.entries()) {
    const server = open();
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
async function drain(entrances: readonly Entrance[], app: ReturnType<typeof next>): Promise<void> {
  for (const entrance of entrances) {
    entrance.closing = true;
    for (const response of entrance.owed) if (!response.headersSent) response.setHeader("Connection", "close");
  }
  const servers = entrances.map(({ server }) => server);
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
