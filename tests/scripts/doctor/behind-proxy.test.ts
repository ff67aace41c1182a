import { once } from "node:events";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";

import { type DoorSettings, openDoor } from "@/scripts/server/door";
import { TEST_ENVIRONMENT } from "../../support/environment";
import { startReverseProxy } from "../../support/reverse-proxy";
import { examine, useFolder } from "./examine";

// Read once, by whoever asks first: the door's own part of the server.
process.env["TRUSTED_PROXIES"] = "1";
const { describeRequest } = await import("@/features/health/describe-request");

const root = useFolder();
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The real door of a site, with as much behind it as the doctor asks. */
async function openSite(cookie: string, settings: Partial<DoorSettings> = {}): Promise<string> {
  const handle: RequestListener = (incoming, response) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    if (incoming.url === "/api/auth/csrf") response.setHeader("Set-Cookie", cookie);
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ status: "ok", request: describeRequest(headers, new Date()) }));
  };
  const site = new URL("https://app.example.com");
  const server = openDoor({ site, trustedProxies: 1, development: false, mailbox: false, ...settings }, handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const COOKIE = "__Host-authjs.csrf-token=x; Path=/; HttpOnly; Secure; SameSite=Lax";
const site = { ...TEST_ENVIRONMENT, AUTH_URL: "https://app.example.com" };
const problemsAt = async (origin: string, variables: Record<string, string> = site) =>
  (await examine(root, variables, { url: new URL(origin) })).problems;

describe("npm run doctor behind a proxy", () => {
  it("diagnoses a proxy that says http of what came over https", async () => {
    const proxy = await startReverseProxy(await openSite(COOKIE), {
      request: (headers) => ({ ...headers, "x-forwarded-proto": "http" }),
      // The path stays, and the door leads to AUTH_URL, which here is the proxy's own address.
      response: (headers) =>
        headers.location ? { ...headers, location: `${proxy.origin}${new URL(headers.location).pathname}` } : headers,
    });
    closing.push(proxy.close);

    expect(await problemsAt(proxy.origin)).toContain(
      `${proxy.origin} leads browsers in a circle: the proxy says http of requests that came over https.`,
    );
  });

  it("diagnoses a proxy that passes no X-Forwarded-For on", async () => {
    const found = await examine(root, { ...TEST_ENVIRONMENT }, { url: new URL(await openSite(COOKIE)) });

    expect(found.problems).toContain(
      "TRUSTED_PROXIES is 1, but no X-Forwarded-For arrives: everybody counts as the proxy, and shares its rate limits.",
    );
  });

  it("diagnoses a cookie that has lost what its prefix promises", async () => {
    const widened = await problemsAt(await openSite(`${COOKIE}; Domain=example.com`));
    const bare = await problemsAt(await openSite(COOKIE.replace(" Secure;", "")));

    const changed = "Something in front has changed the cookie __Host-authjs.csrf-token, so that browsers drop it:";
    expect(widened).toContain(`${changed} it has Domain=example.com.`);
    expect(bare).toContain(`${changed} it has lost Secure.`);
  });

  it("diagnoses cookies for https at an address over http", async () => {
    // Loopback is as good as https to browsers: another name of this machine stands for the network here.
    const { cookies } = await import("@/scripts/doctor/checks/cookies");
    const url = new URL("http://app.internal:3000");
    const answer = { cookies: [COOKIE] };
    const instance = { url, get: async () => answer } as never;

    expect(await cookies.run({ instance }, {} as never)).toEqual([
      {
        severity: "problem",
        sentence: "http://app.internal:3000 is http, and browsers keep __Host-authjs.csrf-token over https only.",
        fix: "Have browsers use the https address, where the proxy ends TLS, and lead http there",
      },
    ]);
  });
});
