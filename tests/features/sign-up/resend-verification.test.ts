import { beforeEach, describe, expect, it } from "vitest";

import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import { findPendingSignUps } from "@/features/sign-up/data";
import { resendVerification } from "@/features/sign-up/resend-verification";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { startProviderSignUp } from "@/features/sign-up/start-provider-sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { clear, counts, mailedTokens } from "./mails-of";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const now = new Date("2026-01-01T12:00:00.000Z");
const ada: EmailAddress = EmailAddressSchema.parse("ada@x.test");
const signUpAda = (password = "correct horse battery", at = now) =>
  signUp(SignUpSchema.parse({ email: ada, password }), at);

describe("resendVerification", () => {
  it("mails a fresh link with a full lifetime, and ends the older one", async () => {
    await signUpAda();
    const later = addSeconds(now, 80_000);
    await resendVerification(ada, later);
    const [older = "", fresh = ""] = await mailedTokens();

    expect(await verifyEmail(older, later)).toEqual({ ok: false, refusal: "invalid_token" });
    expect(await verifyEmail(fresh, addSeconds(later, 86_399))).toMatchObject({ ok: true });
  });

  it("is for the newest sign-up; links of the others go on", async () => {
    await signUpAda("the first pass phrase");
    await signUpAda("the second pass phrase", addSeconds(now, 1));
    await resendVerification(ada, addSeconds(now, 2));
    const [first = "", second = "", fresh = ""] = await mailedTokens();

    expect(await verifyEmail(second, addSeconds(now, 3))).toEqual({ ok: false, refusal: "invalid_token" });
    expect(fresh).not.toBe("");
    expect(await verifyEmail(first, addSeconds(now, 3))).toMatchObject({ ok: true });
  });

  it.each([
    ["unknown", async () => undefined],
    [
      "of an account, which came by another way while a sign-up was pending",
      async () => {
        await signUpAda();
        await db().user.create({ data: { email: ada, emailVerified: now } });
      },
    ],
    ["of a sign-up that expired this instant", async () => void (await signUpAda(undefined, addSeconds(now, -86_400)))],
  ])("writes nothing for an address that is %s", async (_name, arrange) => {
    await arrange();
    const before = await counts();
    await expect(resendVerification(ada, now)).resolves.toBeUndefined();

    expect(await counts()).toEqual(before);
  });

  it("counts with the sign-ups towards five mails an hour, also in parallel", async () => {
    await signUpAda();
    await Promise.all(Array.from({ length: 9 }, () => resendVerification(ada, now)));

    expect(await counts()).toEqual({ users: 0, signUps: 1, tokens: 1, mails: 5 });
  });

  it("takes as long for an unknown address as for a pending one", async () => {
    await signUpAda();
    const time = async (email: EmailAddress) => {
      const startedAt = performance.now();
      await resendVerification(email, now);
      return performance.now() - startedAt;
    };
    const times = [await time(ada), await time(EmailAddressSchema.parse("nobody@x.test"))];

    for (const ms of times) expect(ms).toBeGreaterThanOrEqual(99);
  });
});

describe("findPendingSignUps", () => {
  it("finds the password sign-ups that can still be confirmed, newest first, at most five", async () => {
    for (let index = 0; index < 7; index++) {
      const at = addSeconds(now, index * 3600);
      await signUpAda("correct horse battery", at);
    }
    await startProviderSignUp(
      { email: ada, name: null, image: null, provider: "google", providerType: "oidc", providerAccountId: "1" },
      addSeconds(now, 8 * 3600),
    );
    const rows = await db().signUp.findMany({ where: { provider: null }, orderBy: { createdAt: "desc" } });

    const at = addSeconds(now, 9 * 3600);
    expect(await findPendingSignUps(ada, at)).toEqual(
      rows.slice(0, 5).map(({ id, passwordHash }) => ({ id, passwordHash })),
    );
    expect(await findPendingSignUps(EmailAddressSchema.parse("nobody@x.test"), at)).toEqual([]);
    const lastExpiry = addSeconds(now, 6 * 3600 + 86_400);
    expect(await findPendingSignUps(ada, addSeconds(lastExpiry, -1))).toHaveLength(1);
    expect(await findPendingSignUps(ada, lastExpiry)).toEqual([]);
  });
});
