import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { hashPassword } from "@/features/password/hash-password";
import { requestPasswordReset } from "@/features/password-reset/request-password-reset";
import { db } from "@/lib/db";
import { waitingMails } from "../sign-up/mails-of";

/** From where everything comes in these tests. */
export const ORIGIN = { ip: "192.0.2.7", userAgent: "Test Browser" };

export const OLD_PASSWORD = "violet kettle drums past midnight";
export const NEW_PASSWORD = "seven quiet lanterns over water";

export interface StoredAccount {
  readonly userId: UserId;
  readonly email: EmailAddress;
}

let accounts = 0;
let hash: Promise<string> | undefined;

/** An account with a password, unless told otherwise. */
export async function newAccount(
  options: { password?: boolean; disabledAt?: Date; providers?: readonly string[]; name?: string } = {},
): Promise<StoredAccount> {
  accounts += 1;
  const email = `forgetful-${accounts}@x.test` as EmailAddress;
  hash ??= hashPassword(OLD_PASSWORD);
  const { password = true, disabledAt = null, providers = [], name = null } = options;
  const user = await db().user.create({
    data: {
      ...{ email, name, disabledAt, emailVerified: new Date() },
      ...(password && { password: { create: { hash: await hash } } }),
      accounts: {
        create: providers.map((provider) => ({ type: "oidc", provider, providerAccountId: `${provider}-${accounts}` })),
      },
    },
    select: { id: true },
  });
  return { userId: user.id as UserId, email };
}

/** The password's hash as it is stored now. */
export async function storedHash({ userId }: StoredAccount): Promise<string | null> {
  return (await db().password.findUnique({ where: { userId } }))?.hash ?? null;
}

/** The tokens of the reset links that wait for this address, oldest first. */
export async function resetTokens({ email }: StoredAccount): Promise<string[]> {
  const mails = (await waitingMails()).filter(({ to }) => to === email);
  return mails.flatMap(({ text }) => /\/reset-password\?token=([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? []);
}

/** Asks for a link and reads its token. */
export async function requestToken(account: StoredAccount, now: Date): Promise<string> {
  await requestPasswordReset(account.email, ORIGIN, now);
  const token = (await resetTokens(account)).at(-1);
  if (!token) throw new Error("No mail with a link was written.");
  return token;
}

/** The audit log's rows about an account, oldest first, without what the database adds. */
export async function auditOf(userId: UserId | null, kind?: string) {
  const rows = await db().auditEvent.findMany({
    where: { userId, ...(kind === undefined ? {} : { kind }) },
    orderBy: { id: "asc" },
    select: { kind: true, sessionId: true, ip: true, userAgent: true, details: true },
  });
  return rows;
}
