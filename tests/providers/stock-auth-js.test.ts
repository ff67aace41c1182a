import { NextRequest } from "next/server";
import NextAuth, { type Account } from "next-auth";
import { afterAll, describe, expect, it } from "vitest";

import { parseEnvironment } from "@/lib/env/env";
import { FORGERIES, HOSTILE_CLIENT, startHostileIssuer } from "../support/hostile-issuer";

const hostile = await startHostileIssuer({ sub: "1001", email: "first@example.com" });
afterAll(() => hostile.close());

const ORIGIN = "http://localhost:3000";

/** Signs in through Auth.js as it comes, and returns whom it believes that to be. */
async function signInThroughStockAuthJs(): Promise<Account | null> {
  let believed: Account | null = null;
  const { handlers } = NextAuth({
    secret: "only-for-tests-7Vb2kQ9xLm4Zt8Rw1Yc6",
    trustHost: true,
    basePath: "/api/auth",
    providers: [
      {
        ...{ id: "hostile", name: "Hostile", type: "oidc", issuer: hostile.issuer, checks: ["pkce", "state", "nonce"] },
        ...{ clientId: HOSTILE_CLIENT.id, clientSecret: HOSTILE_CLIENT.secret },
      },
    ],
    callbacks: {
      signIn: ({ account }) => {
        believed = account ?? null;
        return true;
      },
    },
    logger: { error: () => {}, warn: () => {} },
  });
  const jar = new Map<string, string>();
  const call = async (method: "GET" | "POST", path: string, body?: URLSearchParams) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new NextRequest(ORIGIN + path, { method, headers: { cookie }, ...(body && { body }) });
    const answer = await handlers[method](request);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  const { csrfToken } = (await (await call("GET", "/api/auth/csrf")).json()) as { csrfToken: string };
  const sent = await call("POST", "/api/auth/signin/hostile", new URLSearchParams({ csrfToken, callbackUrl: ORIGIN }));
  const request = new URL(sent.headers.get("location") ?? "");
  const state = request.searchParams.get("state") ?? "";
  const answer = new URLSearchParams({ code: hostile.codeFor(request), state, iss: hostile.issuer });
  await call("GET", `/api/auth/callback/hostile?${answer}`);
  return believed;
}

/**
 * Why features/id-token exists. Should one of these fail after an update, Auth.js has begun to check for itself: good news, and a
 * reason to look whether our check is needed still. What the application does with the same answers is in
 * tests/attack/hostile-issuer.test.ts.
 */
describe("Auth.js by itself", () => {
  it.each(["a garbage signature", "an altered payload"])("accepts an ID token with %s (A63)", async (name) => {
    hostile.lie({ idToken: FORGERIES[name] });
    const believed = await signInThroughStockAuthJs();
    expect(believed?.providerAccountId).toBe(name === "an altered payload" ? "victim" : "1001");
  });

  it("talks to an issuer without encryption, which the environment allows on this machine alone", () => {
    expect(hostile.issuer).toMatch(/^http:/);
    const refused = parseEnvironment({
      AUTH_OIDC_X_ISSUER: "http://issuer.example",
      AUTH_URL: "http://localhost:3000",
    });
    expect(refused.ok ? [] : refused.problems).toContainEqual(
      expect.stringContaining("AUTH_OIDC_X_ISSUER: must be an https"),
    );
  });
});
