import "server-only";

import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { addSeconds } from "@/lib/clock";
import { type Database, db } from "@/lib/db";
import type { TimePreferences } from "@/lib/format-moment";
import { LEASE_SECONDS, type MailKind } from "./policy";

/** A mail that this worker has in hand. */
export interface ClaimedMail {
  id: string;
  recipient: string;
  sealedContent: Uint8Array;
  createdAt: Date;
  /** Including the one that is about to be made. */
  attempts: number;
}

/** Writes a mail, due at once. */
export async function insertMail(
  database: Database,
  mail: { id: string; kind: MailKind; recipient: string; sealedContent: Uint8Array<ArrayBuffer> },
  now: Date,
): Promise<void> {
  await database.outgoingMail.create({ data: { ...mail, createdAt: now, nextAttemptAt: now }, select: { id: true } });
}

/** Where to write to a person, and how they want dates and times; null when the account is gone. */
export async function findRecipient(
  database: Database,
  userId: UserId,
): Promise<({ to: EmailAddress } & TimePreferences) | null> {
  const user = await database.user.findUnique({
    where: { id: userId },
    select: { email: true, locale: true, timeZone: true },
  });
  return user && { to: EmailAddressSchema.parse(user.email), locale: user.locale, timeZone: user.timeZone };
}

/** How whoever has an account at this address wants dates and times, and in which language; null where nobody has. */
export async function findTimePreferences(database: Database, email: EmailAddress): Promise<TimePreferences | null> {
  return await database.user.findUnique({ where: { email }, select: { locale: true, timeZone: true } });
}

/** How many mails of each kind were written to an address after `since`, sent or not. */
export async function countMailsByKind(
  database: Database,
  recipient: string,
  since: Date,
): Promise<Partial<Record<MailKind, number>>> {
  const counts = await database.outgoingMail.groupBy({
    by: ["kind"],
    where: { recipient, createdAt: { gt: since } },
    _count: { id: true },
  });
  return Object.fromEntries(counts.map(({ kind, _count }) => [kind, _count.id]));
}

/**
 * Takes up to `limit` due mails in hand, oldest first: for the length of the lease no other worker gets them.
 *
 * SKIP LOCKED lets workers pass each other instead of queueing behind the same rows.
 */
export async function claimDueMails(now: Date, limit: number): Promise<ClaimedMail[]> {
  const leaseEndsAt = addSeconds(now, LEASE_SECONDS);
  return await db().$queryRaw<ClaimedMail[]>`
    UPDATE outgoing_mails SET next_attempt_at = ${leaseEndsAt}, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM outgoing_mails
      WHERE next_attempt_at <= ${now} AND sealed_content IS NOT NULL
      ORDER BY next_attempt_at
      FOR UPDATE SKIP LOCKED
      LIMIT ${limit}
    )
    RETURNING id, recipient, sealed_content AS "sealedContent", created_at AS "createdAt", attempts`;
}

/** Notes that a mail was sent, and erases its content. */
export async function markMailSent(id: string, sentAt: Date): Promise<void> {
  await db().outgoingMail.updateMany({
    where: { id, sentAt: null },
    data: { sentAt, sealedContent: null, nextAttemptAt: null, lastError: null },
  });
}

/** Sets the next attempt, unless another worker took the mail over meanwhile. */
export async function rescheduleMail(mail: ClaimedMail, nextAttemptAt: Date, lastError: string): Promise<void> {
  await db().outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, sentAt: null },
    data: { nextAttemptAt, lastError },
  });
}

/** Gives a mail up and erases its content, unless another worker took it over meanwhile. */
export async function giveUpMail(mail: ClaimedMail, lastError: string): Promise<void> {
  await db().outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, sentAt: null },
    data: { sealedContent: null, nextAttemptAt: null, lastError },
  });
}
