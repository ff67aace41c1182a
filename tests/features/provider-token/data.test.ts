import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";

import {
  findConnectionsNeedingConsent,
  findTokens,
  releaseLease,
  type TokenRow,
  takeLease,
  writeRenewedTokens,
} from "@/features/provider-token/data";
import { sealTokens } from "@/features/provider-token/token-set";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { type ConnectedPerson, connectPerson, NOW, PROVIDER } from "./connected-person";

useDatabase();

const ISSUED = { accessToken: "A", refreshToken: "R", scope: null, tokenType: "bearer", expiresAt: NOW };

async function rowOf({ userId }: ConnectedPerson): Promise<TokenRow> {
  const row = await findTokens(userId, PROVIDER);
  if (!row) throw new Error("The person has tokens.");
  return row;
}

describe("findTokens", () => {
  it("takes the identity that was linked last, of several at one provider", async () => {
    const person = await connectPerson(ISSUED);
    const second = { userId: person.userId, provider: PROVIDER, type: "oidc", providerAccountId: "second" };
    const { id } = await db().account.create({ data: second });
    const sealedTokens = sealTokens(id, ISSUED);
    await db().providerToken.create({ data: { accountId: id, sealedTokens, expiresAt: NOW } });
    expect(await rowOf(person)).toEqual({
      ...{ accountId: id, sealedTokens, expiresAt: NOW, needsConsent: false, leaseOwner: null, leased: false },
    });
  });
});

describe("takeLease", () => {
  it("gives the lease to one of many", async () => {
    const row = await rowOf(await connectPerson(ISSUED));
    const taken = await Promise.all(Array.from({ length: 30 }, () => takeLease(row, randomUUID())));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it("gives none to whoever read the row before its tokens were renewed", async () => {
    const person = await connectPerson(ISSUED);
    const stale = await rowOf(person);
    await person.signInAgain({});
    expect(await takeLease(stale, randomUUID())).toBe(false);
    expect(await takeLease(await rowOf(person), randomUUID())).toBe(true);
  });

  it("gives none for tokens that need consent", async () => {
    const person = await connectPerson(ISSUED);
    const row = await rowOf(person);
    await db().providerToken.updateMany({ where: { accountId: person.accountId }, data: { needsConsentAt: NOW } });
    expect(await takeLease(row, randomUUID())).toBe(false);
    expect(await findConnectionsNeedingConsent(person.userId)).toEqual([{ provider: PROVIDER }]);
  });
});

describe("the lease", () => {
  it("is nobody's to give back or to write under but its holder's", async () => {
    const person = await connectPerson(ISSUED);
    const before = await rowOf(person);
    const [holder, other] = [randomUUID(), randomUUID()];
    const renewed = { sealedTokens: sealTokens(person.accountId, { ...ISSUED, accessToken: "B" }), expiresAt: null };
    await takeLease(before, holder);

    await releaseLease(person.accountId, other);
    expect(await writeRenewedTokens(person.accountId, other, renewed)).toBe(false);
    expect(await rowOf(person)).toEqual({ ...before, leaseOwner: holder, leased: true });

    expect(await writeRenewedTokens(person.accountId, holder, renewed)).toBe(true);
    expect(await rowOf(person)).toEqual({ ...before, ...renewed, leaseOwner: null, leased: false });
  });

  it("given back is free at once", async () => {
    const row = await rowOf(await connectPerson(ISSUED));
    const holder = randomUUID();
    await takeLease(row, holder);
    await releaseLease(row.accountId, holder);
    expect(await takeLease(row, randomUUID())).toBe(true);
  });
});
