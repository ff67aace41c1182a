import { describe, expect, it } from "vitest";

import { signedInClient } from "../support/accounts";
import { postToAuth } from "../support/auth-js";
import { useServer } from "../support/server";

const server = useServer();

/** Addresses that lead away, or run script, however a browser reads them. */
const ATTACKS = [
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "https:evil.example",
  "http:///evil.example",
  "%2f%2fevil.example",
  "%252f%252fevil.example",
  "/%2f/evil.example",
  "/%5cevil.example",
  "/a/..//evil.example",
  "/.//evil.example",
  "/%0d%0aLocation:%20https://evil.example",
  "/\r\nSet-Cookie: x=y",
  "http://localhost@evil.example",
  "http://localhost.evil.example",
  "@evil.example",
  "evil.example",
];

/** Where a browser would go from `path`. */
function targetOf(response: Response, path: string): URL {
  return new URL(response.headers.get("location") ?? "", new URL(path, server().origin));
}

describe("a callbackUrl (A75)", () => {
  it("leads back to where one was going", async () => {
    const { client } = await signedInClient(server());
    const response = await client.get("/sign-in?callbackUrl=%2Fprofile%3Ftab%3Dname");

    expect(targetOf(response, "/sign-in").href).toBe(`${server().origin}/profile?tab=name`);
  });

  it("that leads away does not, from the sign-in and sign-up pages", async () => {
    const { client } = await signedInClient(server());
    for (const attack of ATTACKS) {
      for (const page of ["/sign-in", "/sign-up"]) {
        const response = await client.get(`${page}?callbackUrl=${encodeURIComponent(attack)}`);
        expect([attack, targetOf(response, page).origin]).toEqual([attack, server().origin]);
        expect(response.headers.getSetCookie().filter((cookie) => cookie.startsWith("x="))).toEqual([]);
      }
    }
  });

  it("given twice does not", async () => {
    const { client } = await signedInClient(server());
    const response = await client.get("/sign-in?callbackUrl=/profile&callbackUrl=https://evil.example");

    expect(targetOf(response, "/sign-in").origin).toBe(server().origin);
  });

  it("that leads away is no link and no form's target in the page's HTML", async () => {
    for (const attack of ATTACKS) {
      const html = await (
        await server()
          .client()
          .get(`/sign-in?callbackUrl=${encodeURIComponent(attack)}`)
      ).text();
      const targets = [...html.matchAll(/(?:href|action|formaction)="([^"]*)"/gi)].map(([, target = ""]) => target);
      const away = targets.filter((target) => {
        const { hostname, protocol } = new URL(target, `${server().origin}/sign-in`);
        return hostname.endsWith("evil.example") || !/^https?:$/.test(protocol);
      });

      expect([attack, targets.length > 0, away]).toEqual([attack, true, []]);
    }
  });

  it("that leads away does not, from Auth.js's sign-out", async () => {
    for (const attack of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      const { client } = await signedInClient(server());
      const response = await postToAuth(client, "/api/auth/signout", { callbackUrl: attack });
      expect([attack, targetOf(response, "/api/auth/signout").origin]).toEqual([attack, server().origin]);
    }
  });

  it("that leads away is not kept in a cookie when a provider is asked", async () => {
    for (const attack of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      const client = server().client();
      const response = await postToAuth(client, "/api/auth/signin/google", { callbackUrl: attack });
      expect(targetOf(response, "/").origin).toBe(server().issuer);
      const kept = decodeURIComponent(client.cookies.get("authjs.callback-url") ?? "/");
      expect(new URL(kept, server().origin).origin).toBe(server().origin);
    }
  });

  it("planted in Auth.js's cookie does not either", async () => {
    const { client } = await signedInClient(server());
    for (const attack of ["https://evil.example", "//evil.example"]) {
      client.cookies.set("authjs.callback-url", encodeURIComponent(attack));
      const response = await client.get("/api/auth/signin");
      if (response.headers.has("location")) expect(targetOf(response, "/api/auth/signin").origin).toBe(server().origin);
      const session = await client.get("/api/auth/session");
      expect(session.status).toBe(200);
    }
  });
});
