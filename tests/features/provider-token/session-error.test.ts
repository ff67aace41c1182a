import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { getAccessToken } from "@/features/provider-token/get-access-token";
import { checkSession } from "@/features/session/check-session";
import { describeSession } from "@/features/session/session";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie, sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { useDatabase } from "../../support/database";
import { type ConnectedPerson, connectPerson, NOW, obtainTokens, PROVIDER } from "./connected-person";
import { clientOf, startWatchedProvider, type WatchedProvider } from "./watched-provider";

useDatabase();
let provider: WatchedProvider;
beforeAll(async () => {
  provider = await startWatchedProvider();
});
afterAll(() => provider.close());

async function signIn(userId: UserId): Promise<SessionClaims> {
  const proof = { method: PROVIDER, aal: 1, amr: ["fed"], remember: true, userAgent: null, ip: null } as const;
  const begun = await startSession({ userId, ...proof }, NOW);
  if (!begun.ok) throw new Error(begun.refusal);
  return begun.value;
}

/** What this cookie's session says now, as a page would show it. */
async function look(claims: SessionClaims, mayRotate: boolean): Promise<{ error?: string | undefined }> {
  const check = await checkSession(sealSessionCookie(claims), { now: NOW, mayRotate });
  if (check.state !== "live") throw new Error(`The session is ${check.state}.`);
  // What a cookie carries is what survives being sealed.
  const kept = openSessionCookie(sealSessionCookie(check.claims), NOW);
  return { error: kept ? describeSession(kept, []).error : "no session" };
}

/** Somebody whose provider has just refused to renew. */
async function refusedPerson(): Promise<{ person: ConnectedPerson; claims: SessionClaims }> {
  const person = await connectPerson(await obtainTokens(provider.issuer, NOW));
  const claims = await signIn(person.userId);
  provider.interfere((_, response) => {
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":"invalid_grant"}');
  });
  await getAccessToken(person.userId, PROVIDER, clientOf(provider.issuer), NOW);
  provider.forget();
  return { person, claims };
}

describe("session.error", () => {
  it("is not there while all is well", async () => {
    const person = await connectPerson(await obtainTokens(provider.issuer, NOW));
    const claims = await signIn(person.userId);
    expect(await look(claims, true)).toEqual({ error: undefined });
    expect(describeSession(claims, [])).not.toHaveProperty("error");
  });

  it.each([true, false])("shows at once on the instance that learns it (may rotate: %s)", async (mayRotate) => {
    const { claims } = await refusedPerson();
    expect(await look(claims, mayRotate)).toEqual({ error: "RefreshTokenError" });
  });

  it("shows in a session that begins after it, such as one with a password", async () => {
    const { person } = await refusedPerson();
    expect(describeSession(await signIn(person.userId), []).error).toBe("RefreshTokenError");
  });

  it.each([true, false])(
    "goes from every session once the person has signed in there again (may rotate: %s)",
    async (mayRotate) => {
      const { person, claims } = await refusedPerson();
      const check = await checkSession(sealSessionCookie(claims), { now: NOW, mayRotate: true });
      const withError = check.state === "live" ? check.claims : claims;
      expect(withError.err).toBe("RefreshTokenError");

      await person.signInAgain({ refreshToken: "a new one" });
      expect(await look(withError, mayRotate)).toEqual({ error: undefined });
      expect(describeSession(await signIn(person.userId), []).error).toBeUndefined();
    },
  );

  it("says nothing about other people", async () => {
    const { claims } = await refusedPerson();
    const other = await signIn((await connectPerson(await obtainTokens(provider.issuer, NOW))).userId);
    expect(await look(claims, false)).toEqual({ error: "RefreshTokenError" });
    expect(await look(other, false)).toEqual({ error: undefined });
  });
});
