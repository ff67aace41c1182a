import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type RunningIdentityProvider, startIdentityProvider } from "@/scripts/development/identity-provider";
import { useDatabase } from "../support/database";
import { answerAs } from "../support/provider-flow";

useDatabase();
const ORIGIN = "https://app.example";
const CLIENT = { clientId: "latchkey-tests", clientSecret: "latchkey-tests-only" };
let issuer: RunningIdentityProvider;

/** The handlers as a site behind https has them. */
async function httpsHandlers() {
  const { AUTH_SECRET } = process.env;
  Object.assign(process.env, { AUTH_URL: ORIGIN, RATE_LIMIT_SCALE: "1" });
  const [{ flowHandlers }, { flowOf }] = await Promise.all([
    import("@/providers/flow-handlers"),
    import("@/providers/end-flow"),
  ]);
  const ended: unknown[] = [];
  const { handlers } = NextAuth(async (request) => ({
    providers: [
      {
        id: "google",
        name: "Google",
        type: "oidc",
        checks: ["pkce", "state", "nonce"],
        issuer: issuer.issuer,
        ...CLIENT,
      },
    ],
    secret: AUTH_SECRET ?? "",
    trustHost: true,
    callbacks: {
      signIn: () => {
        ended.push(flowOf(request)?.callbackPath);
        return true;
      },
    },
  }));
  return { ended, ...flowHandlers(handlers) };
}

const cookieLines = (response: Response) => response.headers.getSetCookie().map((line) => line.split("=")[0] ?? "");
const cookieHeader = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

beforeAll(async () => {
  issuer = await startIdentityProvider({ port: 0, redirectUris: [`${ORIGIN}/api/auth/callback/google`], ...CLIENT });
  Object.assign(process.env, { AUTH_GOOGLE_ID: CLIENT.clientId, AUTH_GOOGLE_SECRET: CLIENT.clientSecret });
});
afterAll(() => issuer.close());

describe("flowHandlers over https", () => {
  it("name cookies so that no sibling host can plant them, and end a flow with them", async () => {
    const { GET, POST, ended } = await httpsHandlers();
    const csrf = await GET(new NextRequest(`${ORIGIN}/api/auth/csrf`));
    expect(cookieLines(csrf)).toEqual(["__Host-authjs.csrf-token"]);

    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const headers = { cookie: cookieHeader(csrf), "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ csrfToken, callbackUrl: `${ORIGIN}/profile` }).toString();
    const begun = await POST(new NextRequest(`${ORIGIN}/api/auth/signin/google`, { method: "POST", headers, body }));
    expect(cookieLines(begun)).toEqual([expect.stringMatching(/^__Host-latchkey\.flow\.[\da-f-]{36}$/)]);
    expect(begun.headers.getSetCookie().join()).toMatch(/Secure; HttpOnly; SameSite=lax$/i);

    const address = new URL(begun.headers.get("location") ?? "");
    const answer = await answerAs(address, "somebody@example.com");
    const cookie = `${cookieHeader(csrf)}; ${cookieHeader(begun)}`;
    const back = await GET(new NextRequest(ORIGIN + answer, { headers: { cookie } }));
    expect([back.headers.get("location"), ended]).toEqual([`${ORIGIN}/profile`, ["/profile"]]);
    expect(cookieLines(back).sort()).toEqual([cookieLines(begun)[0], "__Secure-authjs.session-token"]);
  });
});
