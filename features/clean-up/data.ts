import "server-only";

import { type Database, inTransaction } from "@/lib/db";
import { BATCH_ROWS } from "./policy";

/** Any number, the same in every instance: whoever holds it sweeps. */
const ADVISORY_LOCK = 2_207_119_004;

/** What a sweep deletes, by the instants before which each has served. */
export interface SweepHorizon {
  readonly endedSessions: Date;
  readonly finishedMails: Date;
  readonly expiredTokens: Date;
  readonly expiredSignUps: Date;
  readonly expiredEmailChanges: Date;
  readonly unseenDevices: Date;
  readonly spentLimits: Date;
  readonly feedEntries: Date;
}

type DeleteBatch = (database: Database, horizon: SweepHorizon) => Promise<number>;

/** One bounded DELETE for each kind of row, each over an index. */
const BATCHES: Readonly<Record<string, DeleteBatch>> = {
  sessions: (database, { endedSessions }) =>
    database.$executeRaw`DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE absolute_expires_at < ${endedSessions} LIMIT ${BATCH_ROWS})`,
  endedSessions: (database, { endedSessions }) =>
    database.$executeRaw`DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE ended_at < ${endedSessions} LIMIT ${BATCH_ROWS})`,
  mails: (database, { finishedMails }) =>
    database.$executeRaw`DELETE FROM outgoing_mails WHERE id IN (
      SELECT id FROM outgoing_mails WHERE next_attempt_at IS NULL AND created_at < ${finishedMails} LIMIT ${BATCH_ROWS})`,
  tokens: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM one_time_tokens WHERE token_hash IN (
      SELECT token_hash FROM one_time_tokens WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  verificationTokens: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM verification_tokens WHERE token IN (
      SELECT token FROM verification_tokens WHERE expires < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  webauthnChallenges: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM webauthn_challenges WHERE challenge_hash IN (
      SELECT challenge_hash FROM webauthn_challenges WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  connectionRequests: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM connection_requests WHERE token_hash IN (
      SELECT token_hash FROM connection_requests WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  spentIdentifiers: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM spent_identifiers WHERE hash IN (
      SELECT hash FROM spent_identifiers WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  signInChallenges: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM sign_in_challenges WHERE token_hash IN (
      SELECT token_hash FROM sign_in_challenges WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  trustedDevices: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM trusted_devices WHERE id IN (
      SELECT id FROM trusted_devices WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  signUps: (database, { expiredSignUps }) =>
    database.$executeRaw`DELETE FROM sign_ups WHERE id IN (
      SELECT id FROM sign_ups WHERE expires_at < ${expiredSignUps} LIMIT ${BATCH_ROWS})`,
  emailChanges: (database, { expiredEmailChanges }) =>
    database.$executeRaw`DELETE FROM email_changes WHERE id IN (
      SELECT id FROM email_changes WHERE expires_at < ${expiredEmailChanges}
        AND (undo_expires_at IS NULL OR undo_expires_at < ${expiredEmailChanges}) LIMIT ${BATCH_ROWS})`,
  magicLinks: (database, { expiredTokens }) =>
    database.$executeRaw`DELETE FROM magic_links WHERE id IN (
      SELECT id FROM magic_links WHERE expires_at < ${expiredTokens} LIMIT ${BATCH_ROWS})`,
  knownDevices: (database, { unseenDevices }) =>
    database.$executeRaw`DELETE FROM known_devices WHERE (user_id, token_hash) IN (
      SELECT user_id, token_hash FROM known_devices WHERE last_seen_at < ${unseenDevices} LIMIT ${BATCH_ROWS})`,
  rateLimits: (database, { spentLimits }) =>
    database.$executeRaw`DELETE FROM rate_limits WHERE key IN (
      SELECT key FROM rate_limits WHERE expire < ${BigInt(spentLimits.getTime())} LIMIT ${BATCH_ROWS})`,
  feed: (database, { feedEntries }) =>
    database.$executeRaw`DELETE FROM revocation_feed WHERE id IN (
      SELECT id FROM revocation_feed WHERE recorded_at < ${feedEntries} LIMIT ${BATCH_ROWS})`,
};

/** The names of what can be swept. */
export const SWEPT = Object.keys(BATCHES);

/**
 * Deletes at most `BATCH_ROWS` rows of one kind, in a transaction of their own.
 *
 * @returns How many; null when another instance is sweeping.
 */
export function deleteBatch(kind: string, horizon: SweepHorizon): Promise<number | null> {
  return inTransaction(async (database) => {
    const [lock] = await database.$queryRaw<
      { mine: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${ADVISORY_LOCK}) AS mine`;
    return lock?.mine ? ((await BATCHES[kind]?.(database, horizon)) ?? 0) : null;
  });
}
