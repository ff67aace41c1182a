import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as the proxy passes it on. */
export interface Passing {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An answer as the proxy passes it back. */
export interface Passed {
  status: number;
  headers: OutgoingHttpHeaders & { "set-cookie"?: string[] };
  body: string;
}

/** Answers as the server behind does. */
export type Forward = (request: Passing) => Promise<Passed>;

/** What a server with a weakness answers in place of the one behind. */
export type Weakening = (request: Passing, forward: Forward) => Promise<Passed> | Passed;

/** A server that is weak in one way, and sound in all others: a sound one, and something in front of it. */
export interface WeakServer {
  readonly address: string;
  close(): void;
}

/**
 * Puts a weakness in front of a server.
 *
 * @param lenient - Reads requests that can be read in two ways in one of them.
 */
export async function weaken(address: string, weakening: Weakening, lenient = false): Promise<WeakServer> {
  const server = createServer({ maxHeaderSize: 64 * 1024, insecureHTTPParser: lenient }, async (incoming, response) => {
    try {
      const body = (await buffer(incoming)).toString("latin1");
      const { method = "GET", url = "/", headers } = incoming;
      const {
        status,
        headers: answered,
        body: text,
      } = await weakening({ method, path: url, headers, body }, (passing) => forward(address, passing));
      const { "transfer-encoding": _encoding, connection: _connection, "content-length": _length, ...rest } = answered;
      const content = Buffer.from(text, "latin1");
      response.writeHead(status, { ...rest, ...(status === 204 ? {} : { "content-length": content.length }) });
      response.end(method === "HEAD" || status === 204 ? undefined : content);
    } catch {
      response.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}`, close };
}

async function forward(address: string, { method, path, headers, body }: Passing): Promise<Passed> {
  const { hostname, port } = new URL(address);
  // Uncompressed, so that a weakness can be written into the answer.
  const { "transfer-encoding": _chunked, "content-length": _length, "accept-encoding": _encodings, ...rest } = headers;
  const content = Buffer.from(body, "latin1");
  const sent = send({
    ...{ hostname, port, method, path },
    headers: { ...rest, ...(content.length > 0 ? { "content-length": content.length } : {}) },
  });
  sent.end(content);
  const [response] = await once(sent, "response");
  const text = (await buffer(response)).toString("latin1");
  return { status: response.statusCode, headers: { ...response.headers }, body: text };
}
