import { connect } from "node:net";

/**
 * Sends these lines as they are, which `fetch` would put in order first, and gives back all that comes until the end.
 *
 * @param lines - The request line, then headers, then whatever is to follow; `Connection: close` is put after the second.
 */
export function sendRaw(origin: string, ...lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const [first = "", host = "", ...rest] = lines;
    const bytes = `${[first, host, "Connection: close", ...rest].join("\r\n")}\r\n\r\n`;
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = "";
    socket.setTimeout(10_000, () => socket.destroy(new Error(`No answer to ${first}`)));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}
