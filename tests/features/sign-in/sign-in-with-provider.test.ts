import { beforeEach, describe, expect, it } from "vitest";

import { type ProviderSignIn, signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { TERMS_VERSION } from "@/features/terms/policy";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");

function from(overrides: Partial<ProviderSignIn> = {}): ProviderSignIn {
  return {
    provider: "google",
    providerType: "oidc",
    providerAccountId: "sub-1",
    email: "Ada@X.test",
    name: "Ada Lovelace",
    image: "https://pictures.test/a.png",
    profile: { email_verified: true },
    tokens: null,
    ...overrides,
  };
}

beforeEach(async () => {
  await db().user.deleteMany();
  await db().signUp.deleteMany();
});

describe("signInWithProvider", () => {
  it("makes an account with its link at the first time, and finds it at the second", async () => {
    const first = await signInWithProvider(from(), now);
    const user = await db().user.findFirstOrThrow({ include: { accounts: true } });

    expect(first).toEqual({ ok: true, value: { userId: user.id } });
    expect(user).toMatchObject({ email: "ada@x.test", name: "Ada Lovelace", emailVerified: now });
    expect(user).toMatchObject({ termsVersion: TERMS_VERSION, termsAgreedAt: now });
    expect(user.accounts).toMatchObject([{ provider: "google", providerAccountId: "sub-1" }]);
    expect(await signInWithProvider(from({ email: "moved@x.test" }), now)).toEqual(first);
  });

  it("makes one account of parallel first times", async () => {
    const results = await Promise.all(Array.from({ length: 16 }, () => signInWithProvider(from(), now)));

    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await db().user.count()).toBe(1);
  });

  it("never links to an account that has the address already (A36, A65)", async () => {
    await db().user.create({ data: { email: "ada@x.test", emailVerified: now } });

    expect(await signInWithProvider(from(), now)).toEqual({ ok: false, refusal: "account_exists" });
    expect(await db().account.count()).toBe(0);
  });

  it("keeps the same sub of two providers apart", async () => {
    await signInWithProvider(from(), now);

    expect(await signInWithProvider(from({ provider: "gitlab", email: "eve@x.test" }), now)).toMatchObject({
      ok: true,
    });
    expect(await db().user.count()).toBe(2);
  });

  it.each([{}, { email_verified: false }, { email_verified: "false" }])(
    "makes no account on an address that the provider does not vouch for: %j",
    async (profile) => {
      expect(await signInWithProvider(from({ profile }), now)).toEqual({ ok: false, refusal: "email_not_verified" });
      expect(await db().user.count()).toBe(0);
      expect(await db().signUp.count()).toBe(1);
    },
  );

  it.each([null, "", "not an address", "a@x.test,b@x.test"])(
    "refuses an identity without a usable address: %j",
    async (email) => {
      expect(await signInWithProvider(from({ email }), now)).toEqual({ ok: false, refusal: "email_missing" });
    },
  );

  it("leaves nothing of sign-ups that others began for the address (pre-hijacking)", async () => {
    await signUp(SignUpSchema.parse({ email: "ada@x.test", password: "attacker's own words" }), now);
    await signInWithProvider(from(), now);

    expect(await db().signUp.count()).toBe(0);
    expect(await db().password.count()).toBe(0);
  });

  it("refuses the identity of a disabled account", async () => {
    await signInWithProvider(from(), now);
    await db().user.updateMany({ data: { disabledAt: now } });

    expect(await signInWithProvider(from(), now)).toEqual({ ok: false, refusal: "account_disabled" });
  });

  it("keeps a long name and a picture without https out", async () => {
    await signInWithProvider(from({ name: "x".repeat(8000), image: "http://pictures.test/a.png" }), now);
    const user = await db().user.findFirstOrThrow();

    expect(user).toMatchObject({ name: "x".repeat(100), image: null });
  });
});
