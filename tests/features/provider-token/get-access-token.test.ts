import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { findConnectionsNeedingConsent } from "@/features/provider-token/data";
import { getAccessToken } from "@/features/provider-token/get-access-token";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { RelyingParty } from "../../scripts/development/relying-party";
import { useDatabase } from "../../support/database";
import { type ConnectedPerson, connectPerson, NOW, obtainTokens, PROVIDER, storedTokens } from "./connected-person";
import { clientOf, startWatchedProvider, type WatchedProvider } from "./watched-provider";

const database = useDatabase();
let provider: WatchedProvider;
beforeAll(async () => {
  provider = await startWatchedProvider();
});
afterAll(() => provider.close());
afterEach(() => provider.forget());

const HOUR_SECONDS = 60 * 60;
const get = (userId: UserId, now = NOW) => getAccessToken(userId, PROVIDER, clientOf(provider.issuer), now);

/** Somebody whose access token has so many seconds left. */
async function personWithSecondsLeft(seconds: number | null): Promise<ConnectedPerson> {
  const issued = await obtainTokens(provider.issuer, seconds === null ? null : addSeconds(NOW, seconds));
  provider.forget();
  return connectPerson(issued);
}

const rowOf = ({ accountId }: ConnectedPerson) => db().providerToken.findUniqueOrThrow({ where: { accountId } });

/** Makes the provider take the refresh token for spent: somebody else has used it. */
const spendRefreshToken = async ({ issued }: ConnectedPerson) => {
  expect((await new RelyingParty(provider.issuer).refresh(issued.refreshToken ?? "")).status).toBe(200);
  provider.forget();
};

describe("getAccessToken", () => {
  it.each([60, 61, null])(
    "hands out the stored token while it has %s seconds left, without a call",
    async (seconds) => {
      const person = await personWithSecondsLeft(seconds);
      const { accessToken, scope, expiresAt } = person.issued;
      expect(await get(person.userId)).toEqual({ ok: true, value: { accessToken, scope, expiresAt } });
      expect(provider.tokenCalls()).toBe(0);
    },
  );

  it("renews at 59 seconds, stores the rotated refresh token, and the provider has refused the old one since", async () => {
    const person = await personWithSecondsLeft(59);
    const outcome = await get(person.userId);
    const stored = await storedTokens(person.accountId);
    expect(outcome).toEqual({
      ok: true,
      value: {
        accessToken: stored?.accessToken,
        scope: "openid email profile offline_access",
        expiresAt: addSeconds(NOW, HOUR_SECONDS),
      },
    });
    expect(stored?.accessToken).not.toBe(person.issued.accessToken);
    expect(stored?.refreshToken).not.toBe(person.issued.refreshToken);
    expect(stored?.expiresAt).toEqual(addSeconds(NOW, HOUR_SECONDS));
    expect(await rowOf(person)).toMatchObject({ leaseOwner: null, leaseUntil: null, needsConsentAt: null });

    const app = new RelyingParty(provider.issuer);
    expect((await app.refresh(stored?.refreshToken ?? "")).status).toBe(200);
    expect((await app.refresh(person.issued.refreshToken ?? "")).status).toBe(400);
  });

  it("lets 50 parallel callers share one call", async () => {
    const person = await personWithSecondsLeft(0);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => get(person.userId)));
    const accessToken = (await storedTokens(person.accountId))?.accessToken;
    expect(provider.tokenCalls()).toBe(1);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.accessToken)).toEqual(
      Array.from({ length: 50 }, () => accessToken),
    );
  });

  it("lets the callers of one process share one answer, and so one caller's queries, while a call is under way", async () => {
    const person = await personWithSecondsLeft(0);
    provider.interfere((_request, response) => {
      const body = JSON.stringify({ access_token: "A", token_type: "Bearer" });
      const answer = () => response.writeHead(200, { "content-type": "application/json" }).end(body);
      setTimeout(answer, 1_000);
    });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => get(person.userId)));
    expect([...new Set(outcomes)]).toEqual([
      { ok: true, value: { accessToken: "A", scope: person.issued.scope, expiresAt: null } },
    ]);
  });

  it("can be renewed again and again", async () => {
    const person = await personWithSecondsLeft(0);
    for (let round = 0; round < 3; round++) {
      expect(await get(person.userId, addSeconds(NOW, round * HOUR_SECONDS))).toMatchObject({ ok: true });
    }
    expect(provider.tokenCalls()).toBe(3);
  });

  it("keeps the refresh token and the scope when the provider repeats neither", async () => {
    const person = await personWithSecondsLeft(0);
    provider.interfere((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ access_token: "the next one", token_type: "Bearer" }));
    });
    expect(await get(person.userId)).toEqual({
      ok: true,
      value: { accessToken: "the next one", scope: person.issued.scope, expiresAt: null },
    });
    const { refreshToken, scope } = person.issued;
    expect(await storedTokens(person.accountId)).toEqual({
      ...{ accessToken: "the next one", refreshToken, scope, tokenType: "bearer", expiresAt: null },
    });
  });

  it("knows nothing of a stranger, of another provider, and of a disabled account", async () => {
    const person = await personWithSecondsLeft(600);
    const notConnected = { ok: false, refusal: "not_connected" };
    expect(await get("0199e000-0000-7000-8000-000000000000" as UserId)).toEqual(notConnected);
    expect(await getAccessToken(person.userId, "other", clientOf(provider.issuer), NOW)).toEqual(notConnected);
    await db().user.update({ where: { id: person.userId }, data: { disabledAt: NOW } });
    expect(await get(person.userId)).toEqual(notConnected);
  });

  it("does not open a row that was copied over from another account", async () => {
    const [owner, thief] = [await personWithSecondsLeft(600), await personWithSecondsLeft(600)];
    await database.query(
      "UPDATE provider_tokens SET sealed_tokens = (SELECT sealed_tokens FROM provider_tokens WHERE account_id = $1) WHERE account_id = $2",
      [owner.accountId, thief.accountId],
    );
    expect(await get(thief.userId)).toEqual({ ok: false, refusal: "needs_consent" });
    // Nothing is noted of it: with the right row, or the right secret, it opens again.
    expect(await rowOf(thief)).toMatchObject({ needsConsentAt: null });
  });

  it("asks for consent once the provider refuses, and then no longer asks the provider", async () => {
    const person = await personWithSecondsLeft(0);
    await spendRefreshToken(person);
    const refusal = { ok: false, refusal: "needs_consent" };
    expect(await Promise.all([get(person.userId), get(person.userId)])).toEqual([refusal, refusal]);
    expect(await get(person.userId)).toEqual(refusal);
    expect(provider.tokenCalls()).toBe(1);
    expect(await rowOf(person)).toMatchObject({ needsConsentAt: NOW, leaseOwner: null, leaseUntil: null });
    expect(await findConnectionsNeedingConsent(person.userId)).toEqual([{ provider: PROVIDER }]);
  });

  it("asks for consent when there never was a refresh token", async () => {
    const person = await connectPerson({ ...(await obtainTokens(provider.issuer, NOW)), refreshToken: null });
    provider.forget();
    expect(await get(person.userId)).toEqual({ ok: false, refusal: "needs_consent" });
    expect(provider.tokenCalls()).toBe(0);
    expect(await rowOf(person)).toMatchObject({ needsConsentAt: NOW });
  });

  it.each([
    { way: "with a refresh token", refreshToken: "of the later sign-in" },
    { way: "without one", refreshToken: null },
  ])("takes the tokens of a sign-in $way that overtook a refusal", async ({ refreshToken }) => {
    const person = await personWithSecondsLeft(0);
    const accessToken = "of the later sign-in";
    provider.interfere((_request, response) => {
      void person.signInAgain({ accessToken, refreshToken, expiresAt: addSeconds(NOW, 600) }).then(() => {
        response.writeHead(400, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: "invalid_grant" }));
      });
    });
    expect(await get(person.userId)).toMatchObject({ ok: true, value: { accessToken } });
    expect(await rowOf(person)).toMatchObject({ needsConsentAt: null, leaseOwner: null, leaseUntil: null });
    expect((await storedTokens(person.accountId))?.refreshToken).toBe(refreshToken ?? person.issued.refreshToken);
  });

  it("does not let a renewal overwrite the refresh token of a sign-in that overtook it", async () => {
    const person = await personWithSecondsLeft(0);
    const later = { accessToken: "of the later sign-in", refreshToken: "R", expiresAt: addSeconds(NOW, 600) };
    provider.interfere((_request, response) => {
      void person.signInAgain(later).then(() => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ access_token: "of the renewal", refresh_token: "S", token_type: "Bearer" }));
      });
    });
    expect(await get(person.userId)).toMatchObject({ ok: true, value: { accessToken: later.accessToken } });
    expect(await storedTokens(person.accountId)).toMatchObject(later);
  });

  it("keeps the rotated refresh token when a sign-in without one comes in between", async () => {
    const person = await personWithSecondsLeft(0);
    provider.interfere((_request, response) => {
      void person.signInAgain({ refreshToken: null }).then(() => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ access_token: "A", refresh_token: "rotated", token_type: "Bearer" }));
      });
    });
    expect(await get(person.userId)).toMatchObject({ ok: true, value: { accessToken: "A" } });
    expect(await storedTokens(person.accountId)).toMatchObject({ accessToken: "A", refreshToken: "rotated" });
  });

  it("goes on after a crashed holder once the lease has run out, and not before", async () => {
    const person = await personWithSecondsLeft(0);
    const lease = (until: string) =>
      database.query(
        `UPDATE provider_tokens SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp() + interval '${until}' WHERE account_id = $1`,
        [person.accountId],
      );
    await lease("1 second");
    const began = performance.now();
    expect(await get(person.userId)).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeGreaterThan(900);
    expect(provider.tokenCalls()).toBe(1);
  });

  it("waits for a holder who says nothing for 8 seconds at most, and does not call", async () => {
    const person = await personWithSecondsLeft(0);
    await database.query(
      "UPDATE provider_tokens SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp() + interval '15 seconds' WHERE account_id = $1",
      [person.accountId],
    );
    const began = performance.now();
    expect(await get(person.userId)).toEqual({ ok: false, refusal: "temporarily_unavailable" });
    expect(performance.now() - began).toBeLessThan(8_500);
    expect(provider.tokenCalls()).toBe(0);
  });

  it("asks for consent when the answer of a rotation was lost with its instance", async () => {
    const person = await personWithSecondsLeft(0);
    await spendRefreshToken(person);
    await database.query(
      "UPDATE provider_tokens SET lease_owner = gen_random_uuid(), lease_until = clock_timestamp() WHERE account_id = $1",
      [person.accountId],
    );
    expect(await get(person.userId)).toEqual({ ok: false, refusal: "needs_consent" });
  });
});
