import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

import { isAllowedUrl, outgoingFetch } from "@/lib/outgoing/outgoing-fetch";
import type { Resolve } from "@/lib/outgoing/public-connection";
import { listenOnLoopback } from "@/scripts/development/identity-provider/listen-on-loopback";

const loopback = await listenOnLoopback(0);
const origin = `http://localhost:${loopback.port}`;
const listener = vi.fn<RequestListener>();
const connected = vi.fn();
for (const server of loopback.servers) {
  server.on("request", (request, response) => listener(request, response));
  server.on("connection", connected);
}
afterAll(() => loopback.close());
afterEach(() => {
  listener.mockReset();
  connected.mockReset();
});

const development = outgoingFetch("internet-and-loopback");

describe("outgoingFetch", () => {
  it("sends what it is given, and gives back status, type and body", async () => {
    let seen: unknown;
    listener.mockImplementation((request, response) => {
      seen = [request.method, request.headers["content-type"], request.headers.authorization];
      response.writeHead(400, { "content-type": "application/json", "set-cookie": "a=b" }).end('{"error":"x"}');
    });
    const body = new URLSearchParams({ grant_type: "authorization_code" });
    const answer = await development(origin, { method: "POST", headers: { authorization: "Basic x" }, body });
    expect(seen).toEqual(["POST", "application/x-www-form-urlencoded;charset=UTF-8", "Basic x"]);
    expect([answer.status, await answer.json(), ...answer.headers]).toEqual([
      ...[400, { error: "x" }],
      ["content-type", "application/json"],
    ]);
  });

  it.each<[string, RequestListener, string]>([
    [
      "a redirect",
      (_, response) => response.writeHead(302, { location: `${origin}/inside` }).end(),
      "outgoing_redirected",
    ],
    ["ten megabytes", (_, response) => response.end(Buffer.alloc(10_000_000)), "outgoing_answer_too_long"],
    [
      "ten megabytes that are small on the way",
      (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(10_000_000))),
      "outgoing_answer_too_long",
    ],
    ["a connection that breaks off", (request) => request.socket.destroy(), "outgoing_unreachable"],
  ])("refuses %s (A69)", async (_name, answer, code) => {
    listener.mockImplementation(answer);
    await expect(development(origin)).rejects.toMatchObject({ code });
    expect(listener).toHaveBeenCalledOnce();
  });

  it("waits for five seconds at most, also while bytes drip in (A69)", async () => {
    listener.mockImplementation((_, response) => {
      const drip = setInterval(() => response.write(" "), 200);
      response.on("close", () => clearInterval(drip));
    });
    const began = performance.now();
    await expect(development(origin)).rejects.toMatchObject({ code: "outgoing_timed_out" });
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  it("says that nobody is there", async () => {
    await expect(development("http://localhost:1")).rejects.toMatchObject({ code: "outgoing_unreachable" });
  });
});

describe("outgoingFetch in production (A69)", () => {
  const port = loopback.port;
  const production = outgoingFetch("internet");

  it.each([
    ...["127.0.0.1", "127.1", "0x7f000001", "2130706433", "0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]"],
    ...[
      "[::ffff:7f00:1]",
      "[::127.0.0.1]",
      "localhost",
      "127.0.0.1.",
      "169.254.169.254",
      "10.0.0.1",
      "[fd00:ec2::254]",
    ],
  ])("connects to nobody at %s", async (host) => {
    await expect(production(`https://${host}:${port}/`)).rejects.toMatchObject({
      code: "outgoing_address_refused",
    });
    expect(connected).not.toHaveBeenCalled();
  });

  it("doesn't speak to anybody without encryption", async () => {
    await expect(production(origin)).rejects.toMatchObject({ code: "outgoing_url_refused" });
    expect(connected).not.toHaveBeenCalled();
  });

  const naming = (...answers: string[][]) =>
    vi.fn<Resolve>((_name, _options, callback) => {
      const addresses = answers.length > 1 ? answers.shift() : answers[0];
      callback(
        null,
        (addresses ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    });

  it.each([
    ["this machine", ["127.0.0.1"]],
    ["this machine by IPv6", ["::1"]],
    ["this machine in IPv6's clothes", ["::ffff:127.0.0.1"]],
    ["the internet and this machine", ["1.1.1.1", "127.0.0.1"]],
    ["nothing", []],
  ])("doesn't connect to a name that means %s", async (_name, addresses) => {
    const fetch = outgoingFetch("internet", { resolve: naming(addresses) });
    await expect(fetch(`https://issuer.example:${port}/`)).rejects.toMatchObject({ code: "outgoing_address_refused" });
    expect(connected).not.toHaveBeenCalled();
  });

  it("connects to the very address that it looked at: a second answer of the name server is never asked for", async () => {
    const resolve = naming(["1.1.1.1"], ["127.0.0.1"]);
    // Whether that address can be reached from here or not: it is not this machine.
    await expect(outgoingFetch("internet", { resolve })(`https://rebinding.example:${port}/`)).rejects.toThrow();
    expect(resolve).toHaveBeenCalledOnce();
    expect(connected).not.toHaveBeenCalled();
  });
});

describe("isAllowedUrl", () => {
  it.each([
    ["https://issuer.example/a", true, true],
    ["http://localhost:9000/a", false, true],
    ["http://127.0.0.1/", false, true],
    ["http://issuer.example/", false, false],
    ["http://localhost.evil.example/", false, false],
    ["https://user:password@issuer.example/", false, false],
    ["javascript:alert(1)", false, false],
    ["file:///etc/passwd", false, false],
    ["/relative", false, false],
  ])("%s", (address, inProduction, inDevelopment) => {
    expect(isAllowedUrl(address, "internet")).toBe(inProduction);
    expect(isAllowedUrl(address, "internet-and-loopback")).toBe(inDevelopment);
  });
});
