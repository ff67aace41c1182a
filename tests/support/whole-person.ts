import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";

const DAY_SECONDS = 24 * 60 * 60;

/** Somebody of whom each table holds something. */
export interface WholePerson {
  readonly id: UserId;
  readonly email: string;
  /** Stands in each of their texts that isn't a secret. */
  readonly mark: string;
  /** What must never be shown: all of their hashes and sealed secrets. */
  readonly secrets: readonly Uint8Array<ArrayBuffer>[];
}

/** Writes a row about one person into every table that can hold one. */
export async function storeWholePerson(now: Date): Promise<WholePerson> {
  const id = uuidv7(now) as UserId;
  const mark = `mark${id.slice(-12)}`;
  const email = `${mark}@example.com`;
  const secrets: Uint8Array<ArrayBuffer>[] = [];
  const secret = (name: string) => {
    const bytes = Uint8Array.from(Buffer.from(`secret ${name} of ${mark}`));
    secrets.push(bytes);
    return bytes;
  };
  const secretText = (name: string) => Buffer.from(secret(name)).toString();
  const [createdAt, expiresAt] = [now, addSeconds(now, DAY_SECONDS)];
  const times = { createdAt, expiresAt };
  const of = (what: string) => `${mark} ${what}`;

  await db().user.create({
    data: {
      ...{ id, email, emailVerified: now, name: of("name"), image: of("image"), roles: [of("role")], createdAt },
      ...{ locale: "ne", timeZone: "Asia/Kathmandu", termsVersion: of("terms"), termsAgreedAt: now },
      password: { create: { hash: secretText("password") } },
      avatar: {
        create: { version: secretText("version"), contentType: "image/webp", data: Buffer.from(of("avatar")) },
      },
      accounts: {
        create: {
          ...{ type: "oidc", provider: of("provider"), providerAccountId: of("sub"), providerEmail: of("address") },
          tokens: { create: { sealedTokens: secret("tokens"), expiresAt } },
        },
      },
      sessions: {
        create: {
          ...{ method: of("method"), amr: ["pwd"], authenticatedAt: now, lastSeenAt: now, createdAt },
          ...{ idleExpiresAt: expiresAt, absoluteExpiresAt: expiresAt, userAgent: of("browser"), ip: "192.0.2.7" },
        },
      },
      oneTimeTokens: { create: { tokenHash: secret("token"), purpose: of("purpose"), ...times } },
      emailChanges: {
        create: {
          ...{ fromEmail: email, toEmail: `new-${email}`, ...times },
          ...{ confirmTokenHash: secret("confirm"), undoTokenHash: secret("undo") },
        },
      },
      totpFactor: { create: { sealedSecret: secret("totp"), confirmedAt: now, createdAt } },
      secondFactorTries: { create: { failures: 2, since: now } },
      recoveryCodes: { create: { codeHash: secret("recovery"), createdAt } },
      signInChallenges: {
        create: { tokenHash: secret("challenge"), method: of("challenge"), amr: [], remember: false, ...times },
      },
      trustedDevices: {
        create: { tokenHash: secret("trusted"), userAgent: of("trusted"), lastUsedAt: now, ...times },
      },
      knownDevices: { create: { tokenHash: secret("known"), lastSeenAt: now, createdAt } },
      passkeys: {
        create: {
          ...{ credentialId: of("credential"), publicKey: Buffer.from(of("public key")), name: of("passkey") },
          ...{ counter: 9_007n, backupEligible: true, backedUp: true, createdAt },
        },
      },
      webauthnChallenges: { create: { challengeHash: secret("webauthn"), purpose: of("webauthn"), ...times } },
      connectionRequests: {
        create: {
          ...{ tokenHash: secret("request"), provider: of("request"), providerAccountId: secretText("sub") },
          ...{ providerEmail: email, sealedTokens: secret("request tokens"), ...times },
        },
      },
    },
    select: { id: true },
  });
  await storeUnderAddress(email, { of, secret, secretText, times });
  const sessionId = uuidv7(now);
  await db().revocationFeedEntry.create({ data: { userId: id, claimsVersion: 1, sessionId }, select: { id: true } });
  await appendAuditEvent(db(), {
    ...{ kind: "signed_in", userId: id, sessionId },
    ...{ origin: { ip: "192.0.2.7", userAgent: of("event") }, details: { method: of("detail") } },
  });
  return { id, email, mark, secrets };
}

/** What hangs on the address alone. */
async function storeUnderAddress(
  email: string,
  make: {
    of: (what: string) => string;
    secret: (name: string) => Uint8Array<ArrayBuffer>;
    secretText: (name: string) => string;
    times: { createdAt: Date; expiresAt: Date };
  },
): Promise<void> {
  const { of, secret, secretText, times } = make;
  await db().signUp.create({
    data: {
      ...{
        email,
        name: of("sign-up"),
        passwordHash: secretText("sign-up"),
        termsVersion: of("sign-up terms"),
        ...times,
      },
      tokens: { create: { tokenHash: secret("sign-up token"), purpose: of("sign-up purpose"), ...times } },
    },
    select: { id: true },
  });
  await db().magicLink.create({
    data: {
      ...{ email, tokenHash: secret("link"), codeHash: secret("code"), browserHash: secret("browser"), ...times },
    },
    select: { id: true },
  });
  await db().verificationToken.create({
    data: { identifier: email, token: secretText("verification"), expires: times.expiresAt },
    select: { identifier: true },
  });
  await db().connectionRequest.create({
    data: { tokenHash: secret("arrived"), provider: "google", providerEmail: email, ...times },
    select: { provider: true },
  });
  await db().outgoingMail.create({
    data: {
      ...{ kind: of("kind"), recipient: email, sealedContent: secret("mail"), createdAt: times.createdAt },
      nextAttemptAt: times.expiresAt,
    },
    select: { id: true },
  });
}

/** A secret in each form that a text can hold it in. */
export function spellings(secret: Uint8Array): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  return [
    bytes.toString(),
    hex,
    hex.toUpperCase(),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    [...bytes].join(","),
  ];
}
