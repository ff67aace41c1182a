import { describe, expect, it } from "vitest";

import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import { requestPasswordReset } from "@/features/password-reset/request-password-reset";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { waitingMails } from "../sign-up/mails-of";
import { auditOf, NEW_PASSWORD, newAccount, ORIGIN, requestToken, resetTokens } from "./accounts";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const now = new Date("2026-01-01T12:00:00.000Z");
const mailsTo = async (email: EmailAddress) => (await waitingMails()).filter(({ to }) => to === email);
const tokensInDatabase = () => db().oneTimeToken.count();

describe("requestPasswordReset", () => {
  it("mails a link whose token the database holds as a hash alone, for 15 minutes (A40)", async () => {
    const account = await newAccount();
    await requestPasswordReset(account.email, ORIGIN, now);

    const [mail] = await mailsTo(account.email);
    const [token = ""] = await resetTokens(account);
    expect(mail).toMatchObject({ kind: "password_reset", subject: "Choose a new password" });
    expect(mail?.text).toContain(`http://localhost:3000/reset-password?token=${token}\n`);
    expect(mail?.text).toContain("once, for 15 minutes");
    expect(await db().oneTimeToken.findMany({ where: { userId: account.userId } })).toEqual([
      {
        tokenHash: hashToken(token),
        purpose: "password_reset",
        signUpId: null,
        userId: account.userId,
        createdAt: now,
        expiresAt: addSeconds(now, 900),
      },
    ]);
    expect(await auditOf(account.userId)).toEqual([
      { kind: "password_reset_requested", sessionId: null, ...ORIGIN, details: { outcome: "link_mailed" } },
    ]);
  });

  it("keeps one live token for each account: a newer takes the older one's place (A44)", async () => {
    const account = await newAccount();
    const older = await requestToken(account, now);
    const newer = await requestToken(account, addSeconds(now, 1));

    expect(newer).not.toBe(older);
    const rows = await db().oneTimeToken.findMany({ where: { userId: account.userId } });
    expect(rows.map(({ tokenHash }) => tokenHash)).toEqual([hashToken(newer)]);
    expect(rows[0]?.expiresAt).toEqual(addSeconds(now, 901));
  });

  it("tells an account without a password how it signs in, and makes no token", async () => {
    const account = await newAccount({ password: false, providers: ["google"] });
    await db().passkey.create({
      data: {
        ...{ userId: account.userId, credentialId: "x", publicKey: new Uint8Array(), name: "Laptop" },
        ...{ backupEligible: false, backedUp: false },
      },
    });
    await requestPasswordReset(account.email, ORIGIN, now);

    const [mail] = await mailsTo(account.email);
    expect(mail?.text).toContain("It has none. You sign in with Google or a passkey.");
    expect(mail?.text).not.toContain("token=");
    expect(await db().oneTimeToken.count({ where: { userId: account.userId } })).toBe(0);
    expect((await auditOf(account.userId))[0]?.details).toEqual({ outcome: "no_password_mailed" });
  });

  it.each([
    ["unknown", "unknown_address", async () => EmailAddressSchema.parse("nobody@x.test")],
    [
      "of a sign-up that waits to be confirmed",
      "unknown_address",
      async () => {
        const input = SignUpSchema.parse({ email: "pending@x.test", password: NEW_PASSWORD });
        await signUp(input, addSeconds(now, -7200));
        return input.email;
      },
    ],
    ["of a disabled account", "account_disabled", async () => (await newAccount({ disabledAt: now })).email],
  ])("writes no mail and no token for an address that is %s", async (_name, outcome, arrange) => {
    const email = await arrange();
    const before = [await mailsTo(email), await tokensInDatabase()];
    await expect(requestPasswordReset(email, ORIGIN, now)).resolves.toBeUndefined();

    expect([await mailsTo(email), await tokensInDatabase()]).toEqual(before);
    const [last] = await db().auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(last).toMatchObject({ kind: "password_reset_requested", ...ORIGIN, details: { outcome } });
  });

  it("writes five mails an hour to one address, also in parallel, and the newest link goes on working (A27)", async () => {
    const account = await newAccount();
    await Promise.all(Array.from({ length: 9 }, () => requestPasswordReset(account.email, ORIGIN, now)));
    const [row] = await db().oneTimeToken.findMany({ where: { userId: account.userId } });
    expect((await resetTokens(account)).map((token) => hashToken(token))).toContainEqual(row?.tokenHash);
    expect(await mailsTo(account.email)).toHaveLength(5);

    await requestPasswordReset(account.email, ORIGIN, addSeconds(now, 3599));
    expect(await mailsTo(account.email)).toHaveLength(5);
    await requestPasswordReset(account.email, ORIGIN, addSeconds(now, 3600));
    expect(await mailsTo(account.email)).toHaveLength(6);
  });

  it("A20: answers no sooner for an unknown address than for a known one", async () => {
    const known = await newAccount();
    const provider = await newAccount({ password: false, providers: ["google"] });
    const time = async (email: EmailAddress) => {
      const startedAt = performance.now();
      await requestPasswordReset(email, ORIGIN, now);
      return performance.now() - startedAt;
    };
    for (const email of [known.email, provider.email, EmailAddressSchema.parse("nobody@x.test")]) {
      expect(await time(email)).toBeGreaterThanOrEqual(99);
    }
  });
});

describe("randomToken", () => {
  it("A40: makes 10,000 different tokens of 256 bits, each bit as often set as not", () => {
    const tokens = Array.from({ length: 10_000 }, randomToken);
    expect(new Set(tokens).size).toBe(10_000);

    const ones = Array.from({ length: 256 }, () => 0);
    for (const token of tokens) {
      const bytes = Buffer.from(token, "base64url");
      expect(bytes).toHaveLength(32);
      for (const [index, count] of ones.entries()) {
        ones[index] = count + (((bytes[index >> 3] ?? 0) >> (index & 7)) & 1);
      }
    }
    // Six standard deviations: 256 fair bits all keep to it but once in two million runs.
    for (const count of ones) expect(Math.abs(count - 5_000)).toBeLessThan(300);
  });
});
