import { afterEach, describe, expect, it } from "vitest";

import { storeTokens } from "@/features/provider-token/store-tokens";
import { type IssuedTokens, openTokens, sealTokens } from "@/features/provider-token/token-set";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { connectPerson, NOW, storedTokens } from "./connected-person";

const database = useDatabase();
afterEach(() => db().user.deleteMany());

const FIRST: IssuedTokens = {
  accessToken: "first-access-token",
  refreshToken: "first-refresh-token",
  scope: "openid email",
  tokenType: "bearer",
  expiresAt: new Date("2026-03-01T13:00:00.000Z"),
};
const SECOND: IssuedTokens = {
  accessToken: "second-access-token",
  refreshToken: "second-refresh-token",
  scope: "openid email calendar",
  tokenType: "bearer",
  expiresAt: new Date("2026-03-02T13:00:00.000Z"),
};

const markRefused = (accountId: string) =>
  db().providerToken.update({ where: { accountId }, data: { needsConsentAt: NOW } });

describe("storeTokens", () => {
  it("keeps the tokens of the sign-in that makes the account", async () => {
    const { accountId } = await connectPerson(FIRST);
    expect(await storedTokens(accountId)).toEqual(FIRST);
  });

  it("replaces them at every later sign-in", async () => {
    const { accountId, signInAgain } = await connectPerson(FIRST);
    await signInAgain(SECOND);
    expect(await storedTokens(accountId)).toEqual(SECOND);
    expect(await db().providerToken.count()).toBe(1);
  });

  it("keeps the refresh token when a later sign-in brings none, as Google's do", async () => {
    const { accountId, signInAgain } = await connectPerson(FIRST);
    await signInAgain({ ...SECOND, refreshToken: null });
    expect(await storedTokens(accountId)).toEqual({ ...SECOND, refreshToken: FIRST.refreshToken });
  });

  it("does not keep a refresh token that the provider has refused", async () => {
    const { accountId, signInAgain } = await connectPerson(FIRST);
    await markRefused(accountId);
    await signInAgain({ ...SECOND, refreshToken: null });
    expect(await storedTokens(accountId)).toEqual({ ...SECOND, refreshToken: null });
  });

  it("clears the need for consent, counts the change and tells the feed, once", async () => {
    const { accountId, userId, signInAgain } = await connectPerson(FIRST);
    await markRefused(accountId);
    await signInAgain(SECOND);
    await signInAgain(SECOND);
    expect(await db().providerToken.findUnique({ where: { accountId } })).toMatchObject({ needsConsentAt: null });
    expect(await db().user.findUnique({ where: { id: userId } })).toMatchObject({ claimsVersion: 1 });
    expect(await db().revocationFeedEntry.findMany({ where: { userId } })).toMatchObject([{ claimsVersion: 1 }]);
  });

  it("mends a row that no longer opens", async () => {
    const { accountId, signInAgain } = await connectPerson(FIRST);
    await database.query("UPDATE provider_tokens SET sealed_tokens = '\\x00'");
    await signInAgain({ ...SECOND, refreshToken: null });
    expect(await storedTokens(accountId)).toEqual({ ...SECOND, refreshToken: null });
  });

  it("stores nothing for an identity that is linked to nobody", async () => {
    await storeTokens({ provider: "work", providerAccountId: "nobody" }, FIRST);
    expect(await db().providerToken.count()).toBe(0);
  });

  it("stores nothing for somebody who was not let in", async () => {
    const { userId } = await connectPerson(FIRST);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } });
    const thief = { provider: "evil", providerType: "oidc", providerAccountId: "1", name: null, image: null };
    const refused = await signInWithProvider(
      { ...thief, email, profile: { email_verified: true }, tokens: SECOND },
      NOW,
    );
    expect(refused).toEqual({ ok: false, refusal: "account_exists" });
    expect(await db().providerToken.count()).toBe(1);
  });

  it("leaves the account without tokens when none came", async () => {
    const person = { provider: "work", providerType: "oauth", providerAccountId: "2", name: null, image: null };
    const profile = { email_verified: true };
    expect(await signInWithProvider({ ...person, email: "two@example.com", profile, tokens: null }, NOW)).toMatchObject(
      { ok: true },
    );
    expect(await db().providerToken.count()).toBe(0);
  });

  it("goes with the account", async () => {
    const { userId } = await connectPerson(FIRST);
    await db().account.deleteMany({ where: { userId } });
    expect(await db().providerToken.count()).toBe(0);
  });
});

describe("sealTokens", () => {
  it("leaves nothing of a token to be read in the database", async () => {
    await connectPerson(FIRST);
    const [row] = await database.query<Record<string, unknown>>("SELECT * FROM provider_tokens");
    const bytes = row?.["sealed_tokens"] as Buffer;
    const everything = JSON.stringify(row) + bytes.toString("latin1") + bytes.toString("base64");
    expect(everything).not.toMatch(/first-|access|refresh|openid|bearer/i);
  });

  it("seals only what is known, whatever else an object holds", () => {
    const extended = { ...FIRST, idToken: "about a person" };
    const { expiresAt: _expiresAt, ...tokens } = FIRST;
    expect(openTokens("a", sealTokens("a", extended))).toEqual(tokens);
  });
});

describe("openTokens", () => {
  it("does not open for another account, when altered, or when cut short", () => {
    const sealed = sealTokens("a", FIRST);
    const altered = Uint8Array.from(sealed).with(-1, (sealed.at(-1) ?? 0) ^ 1);
    expect([
      openTokens("b", sealed),
      openTokens("a", altered),
      openTokens("a", sealed.subarray(0, 20)),
      openTokens("a", new Uint8Array()),
    ]).toEqual([null, null, null, null]);
  });
});
