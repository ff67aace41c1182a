import { once } from "node:events";
import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { request as requestOverTls } from "node:https";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectOverTls } from "node:tls";

/** An answer to a request that `fetch` would not send. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

interface RawRequest {
  readonly method?: string;
  /** Sent as it is: nothing is normalised. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

const TIMEOUT_MS = 10_000;

/** Sends any method, any path as it is spelled, and any header, `Host` included. */
export async function rawRequest(address: string, { method = "GET", path, headers, body }: RawRequest) {
  const { hostname, port, protocol } = new URL(address);
  const send = protocol === "https:" ? requestOverTls : request;
  const sent = send({ hostname, port, path, method, headers, agent: false, timeout: TIMEOUT_MS });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) } as RawAnswer;
}

/** Sends bytes over a connection of their own, and returns all that comes back until it is closed, or a while passed. */
export async function sendBytes(
  address: string,
  bytes: string,
  waitMs = 1_500,
): Promise<{ said: string; closed: boolean }> {
  const { hostname, port, protocol } = new URL(address);
  const to = { host: hostname, port: Number(port || (protocol === "https:" ? 443 : 80)) };
  const socket = protocol === "https:" ? connectOverTls({ ...to, servername: hostname }) : connect(to);
  let said = "";
  socket.on("data", (chunk: Buffer) => {
    said += chunk.toString("latin1");
  });
  const closed = new Promise<boolean>((resolve) => {
    socket.on("error", () => resolve(true));
    socket.on("close", () => resolve(true));
    setTimeout(() => resolve(false), waitMs);
  });
  socket.write(bytes, "latin1");
  const isClosed = await closed;
  socket.destroy();
  return { said, closed: isClosed };
}
