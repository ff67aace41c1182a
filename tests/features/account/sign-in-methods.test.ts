import { describe, expect, it } from "vitest";

import { findSignInMethods, lockSignInMethods } from "@/features/account/data";
import { countSignInMethods } from "@/features/account/sign-in-methods";
import type { UserId } from "@/features/account/user-id";
import { db, inTransaction } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson } from "../session-overview/people";

process.env["AUTH_GOOGLE_ID"] = "google-client";
process.env["AUTH_GOOGLE_SECRET"] = "google-secret";
useDatabase();

const link = (userId: UserId, provider: string, providerAccountId: string) =>
  db().account.create({ data: { userId, type: "oidc", provider, providerAccountId } });

const addPasskey = (userId: UserId, credentialId: string) =>
  db().passkey.create({
    data: { userId, credentialId, publicKey: Uint8Array.of(1), backupEligible: true, backedUp: true, name: "Key" },
  });

describe("findSignInMethods", () => {
  it("names what an account can be signed in to with", async () => {
    const userId = await newPerson();
    expect(await findSignInMethods(userId)).toEqual({ password: false, providers: [], passkeys: 0 });

    await db().password.create({ data: { userId, hash: "x" } });
    await link(userId, "google", "one");
    await link(userId, "google", "two");
    await addPasskey(userId, "found");
    await addPasskey(await newPerson(), "of somebody else");
    expect(await findSignInMethods(userId)).toEqual({ password: true, providers: ["google", "google"], passkeys: 1 });
  });

  it("finds none for an account that is gone", async () => {
    const nobody = "00000000-0000-7000-8000-000000000000" as UserId;

    expect(await findSignInMethods(nobody)).toEqual({ password: false, providers: [], passkeys: 0 });
  });
});

describe("lockSignInMethods", () => {
  it("lets one take a way in away at a time: of two that are removed at once, one stays (A59)", async () => {
    const userId = await newPerson();
    await link(userId, "google", "either");
    await addPasskey(userId, "or");
    const removeUnlessLast = (remove: (transaction: Pick<ReturnType<typeof db>, "account" | "passkey">) => unknown) =>
      inTransaction(async (transaction) => {
        const methods = await lockSignInMethods(transaction, userId);
        if (countSignInMethods(methods) > 1) await remove(transaction);
      });

    await Promise.all([
      removeUnlessLast((transaction) => transaction.account.deleteMany({ where: { userId } })),
      removeUnlessLast((transaction) => transaction.passkey.deleteMany({ where: { userId } })),
    ]);

    expect(countSignInMethods(await findSignInMethods(userId))).toBe(1);
  });
});

describe("countSignInMethods", () => {
  it("counts the password, each identity at a provider, and each passkey", () => {
    expect(countSignInMethods({ password: false, providers: [], passkeys: 0 })).toBe(0);
    expect(countSignInMethods({ password: true, providers: ["google", "google"], passkeys: 2 })).toBe(5);
  });

  it("leaves out a provider that is not enabled any more", () => {
    expect(countSignInMethods({ password: false, providers: ["github"], passkeys: 0 })).toBe(0);
  });
});
