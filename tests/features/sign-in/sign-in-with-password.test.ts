import { hash as bcryptHash } from "bcryptjs";
import { beforeEach, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { hashPassword } from "@/features/password/hash-password";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const PASSWORD = "correct horse battery";
const email = EmailAddressSchema.parse("ada@x.test");
const invalid = { ok: false, refusal: "invalid_credentials" };

async function person(hash: string | null, disabledAt: Date | null = null): Promise<string> {
  const { id } = await db().user.create({
    data: { email, emailVerified: now, name: "Ada", disabledAt, ...(hash ? { password: { create: { hash } } } : {}) },
    select: { id: true },
  });
  return id;
}

beforeEach(async () => {
  await db().user.deleteMany();
  await db().signUp.deleteMany();
});

describe("signInWithPassword", () => {
  it("names the account of the right password", async () => {
    const userId = await person(await hashPassword(PASSWORD));

    expect(await signInWithPassword({ email, password: PASSWORD }, now)).toEqual({
      ok: true,
      value: { userId, email, name: "Ada", image: null, passwordVersion: expect.any(Date) },
    });
  });

  it("refuses a wrong password, an unknown address and an account without a password alike", async () => {
    expect(await signInWithPassword({ email, password: PASSWORD }, now)).toEqual(invalid);
    await person(null);
    expect(await signInWithPassword({ email, password: PASSWORD }, now)).toEqual(invalid);
    await db().user.deleteMany();
    await person(await hashPassword(PASSWORD));
    expect(await signInWithPassword({ email, password: `${PASSWORD}!` }, now)).toEqual(invalid);
  });

  it("tells of a disabled account only after the right password", async () => {
    await person(await hashPassword(PASSWORD), now);

    expect(await signInWithPassword({ email, password: "wrong" }, now)).toEqual(invalid);
    expect(await signInWithPassword({ email, password: PASSWORD }, now)).toEqual({
      ok: false,
      refusal: "account_disabled",
    });
  });

  it("tells of an unproven address only after the right password, and only while the sign-up lives", async () => {
    await signUp(SignUpSchema.parse({ email, password: PASSWORD }), now);

    expect(await signInWithPassword({ email, password: "wrong" }, now)).toEqual(invalid);
    expect(await signInWithPassword({ email, password: PASSWORD }, now)).toEqual({
      ok: false,
      refusal: "email_not_verified",
    });
    expect(await signInWithPassword({ email, password: PASSWORD }, addSeconds(now, 86_400))).toEqual(invalid);
  });

  it("replaces an imported hash at the first sign-in, and lets the person in again", async () => {
    await person(await bcryptHash(PASSWORD, 4));
    await signInWithPassword({ email, password: PASSWORD }, now);
    const stored = await db().password.findFirstOrThrow({ select: { hash: true } });

    expect(stored.hash).toMatch(/^lk1\$argon2id\$/);
    expect(await signInWithPassword({ email, password: PASSWORD }, now)).toMatchObject({ ok: true });
  });

  it("lets nobody in with what stands in the database", async () => {
    const hash = await hashPassword(PASSWORD);
    await person(hash);

    expect(await signInWithPassword({ email, password: hash }, now)).toEqual(invalid);
  });
});
