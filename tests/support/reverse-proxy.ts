import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";

/** How a proxy in front changes what passes. */
export interface Changes {
  readonly request?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
  readonly response?: (headers: IncomingHttpHeaders) => OutgoingHttpHeaders;
}

/** A proxy as stands in front of a server, on loopback. */
export interface ReverseProxy {
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a proxy to a server of this machine. */
export async function startReverseProxy(target: string, changes: Changes): Promise<ReverseProxy> {
  const { request: ofRequest = (headers) => headers, response: ofResponse = (headers) => headers } = changes;
  const server = createServer((incoming, outgoing) => {
    const { method, url = "/" } = incoming;
    const onward = request(new URL(url, target), { method, headers: ofRequest(incoming.headers) }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, ofResponse(answer.headers));
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}
