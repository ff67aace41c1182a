import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Servers that share one port on every loopback address of this machine, still without a request handler. */
export type LoopbackServers = { readonly servers: readonly Server[]; readonly port: number; close(): Promise<void> };

const MAX_ATTEMPTS = 10;
const NO_IPV6 = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"]);

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1: `localhost` may resolve to either, and a browser and
 * Node need not choose the same. Never on another address, so nobody else on the network reaches it.
 *
 * @param port - 0 for any port that is free on both.
 * @throws The system's error, such as `EADDRINUSE`.
 */
export async function listenOnLoopback(port: number): Promise<LoopbackServers> {
  for (let attempt = 1; ; attempt += 1) {
    const ipv4 = await listen("127.0.0.1", port);
    const chosen = portOf(ipv4);
    try {
      const ipv6 = await listen("::1", chosen);
      return loopbackServers([ipv4, ipv6], chosen);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (NO_IPV6.has(code)) return loopbackServers([ipv4], chosen);
      await close(ipv4);
      if (port !== 0 || code !== "EADDRINUSE" || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

function loopbackServers(servers: readonly Server[], port: number): LoopbackServers {
  return {
    servers,
    port,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function listen(host: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Kept-alive connections would otherwise hold a stopping process for seconds.
    server.closeAllConnections();
  });
}
