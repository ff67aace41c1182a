import { once } from "node:events";
import type { RequestListener, Server, ServerOptions } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach } from "vitest";

import { type DoorSettings, openDoor } from "@/scripts/server/door";

const SETTINGS: DoorSettings = {
  site: new URL("https://app.example.com"),
  trustedProxies: 0,
  development: false,
  mailbox: false,
};
/** On every response, whoever makes it. */
const HEADERS_OF_ALL = [
  "cache-control",
  "content-security-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "referrer-policy",
  "reporting-endpoints",
  "strict-transport-security",
  "x-content-type-options",
  "x-request-id",
];

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** What came back. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A door with this behind it, and a way to send it bytes as they are. */
export async function doorBefore(
  handle: RequestListener,
  settings: Partial<DoorSettings> = {},
  limits?: ServerOptions,
): Promise<(...lines: string[]) => Promise<Answer>> {
  const server = openDoor({ ...SETTINGS, ...settings }, handle, limits);
  open.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return (...lines) => send(port, `${lines.join("\r\n")}\r\n\r\n`);
}

function send(port: number, bytes: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.setTimeout(5_000, () => socket.destroy(new Error(`No answer to ${bytes}`)));
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("end", () => resolve(parse(text)));
    socket.on("error", reject);
  });
}

function parse(text: string): Answer {
  const [head = "", body = ""] = text.split(/\r\n\r\n(.*)/s);
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(":")).toLowerCase(),
    line.slice(line.indexOf(":") + 2),
  ]);
  return { status: Number(statusLine.split(" ")[1]), headers: Object.fromEntries(headers), body };
}

/** The lines of a GET. */
export const get = (path: string, ...headers: string[]) => [
  `GET ${path} HTTP/1.1`,
  "Host: app.example.com",
  "Connection: close",
  ...headers,
];
/** Which of the headers that each response has are missing. */
export const missingHeaders = (answer: Answer) => HEADERS_OF_ALL.filter((name) => !answer.headers[name]);
