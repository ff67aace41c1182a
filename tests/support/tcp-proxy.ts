import { once } from "node:events";
import { type AddressInfo, createServer, type Socket, connect as tcpConnect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A stretch of bad network between the servers and their database. */
export interface TcpProxy {
  readonly port: number;
  /** Where new connections lead from now on. */
  leadTo(port: number): void;
  /** What new connections meet: passage, or a refusal as when nothing listens. */
  accept(open: boolean): void;
  /** Each chunk, in either direction, takes this much longer. */
  slowDown(latencyMs: number): void;
  /** Resets every connection that there is now. */
  reset(): number;
  /**
   * Lets through `bytes` more of what the database says, on all connections together, then resets them all, once.
   *
   * @returns Takes the cut back; true when it had happened.
   */
  cutAfter(bytes: number): () => boolean;
  /** How many bytes the database has said so far, on all connections together. */
  heard(): number;
  close(): Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let target = targetPort;
  let isOpen = true;
  let latencyMs = 0;
  let bytesLeft = Number.POSITIVE_INFINITY;
  let heardBytes = 0;
  const sockets = new Set<Socket>();

  const reset = () => {
    const count = sockets.size / 2;
    for (const socket of sockets) socket.resetAndDestroy();
    return count;
  };
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  };
  const pass = async (chunk: Buffer, to: Socket, counted: boolean) => {
    if (latencyMs > 0) await sleep(latencyMs);
    if (counted) heardBytes += chunk.length;
    const passing = counted ? chunk.subarray(0, bytesLeft) : chunk;
    if (counted) bytesLeft -= passing.length;
    if (passing.length < chunk.length) {
      bytesLeft = Number.POSITIVE_INFINITY;
      // What was let through arrives; then the line is dead.
      if (to.writable) to.write(passing, () => reset());
      else reset();
    } else if (to.writable) to.write(passing);
  };

  const server = createServer((client) => {
    track(client);
    if (!isOpen) {
      client.resetAndDestroy();
      return;
    }
    const database = tcpConnect(target, "127.0.0.1");
    track(database);
    client.on("data", (chunk) => void pass(chunk, database, false));
    database.on("data", (chunk) => void pass(chunk, client, true));
    client.on("close", () => database.destroy());
    database.on("close", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      target = port;
    },
    accept: (open) => {
      isOpen = open;
    },
    slowDown: (ms) => {
      latencyMs = ms;
    },
    reset,
    cutAfter: (bytes) => {
      bytesLeft = bytes;
      return () => {
        const happened = bytesLeft === Number.POSITIVE_INFINITY;
        bytesLeft = Number.POSITIVE_INFINITY;
        return happened;
      };
    },
    heard: () => heardBytes,
    close: async () => {
      reset();
      server.close();
      await once(server, "close");
    },
  };
}
