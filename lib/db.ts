import { PrismaPg } from "@prisma/adapter-pg";

import { env } from "@/lib/env/env";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";

/** A pool without these waits for ever on a frozen database. */
const CONNECT_TIMEOUT_MS = 1_300;
const QUERY_TIMEOUT_MS = 1_500;
const IDLE_TIMEOUT_MS = 30_000;
/** As long as a transaction may take: one whose process stopped in the middle holds nobody up for longer. */
const IDLE_TRANSACTION_TIMEOUT_MS = 2 * QUERY_TIMEOUT_MS;

// The bundles of middleware and routes each hold their own copy of this module; the process has one pool.
const shared = globalThis as { latchkeyDatabase?: PrismaClient };

/** The database client of this process, connected at the first query. */
export function db(): PrismaClient {
  shared.latchkeyDatabase ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL.href,
      max: env().DATABASE_POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      statement_timeout: QUERY_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      // The driver writes and reads times without their zone: the session's has to be the one that it assumes.
      options: `-c TimeZone=UTC -c idle_in_transaction_session_timeout=${IDLE_TRANSACTION_TIMEOUT_MS}`,
    }),
  });
  return shared.latchkeyDatabase;
}

/** What a use case passes to several `data.ts` functions to make them one transaction. */
export type Database = Pick<
  PrismaClient,
  | "user"
  | "password"
  | "account"
  | "session"
  | "revocationFeedEntry"
  | "providerToken"
  | "signingKey"
  | "auditEvent"
  | "signUp"
  | "oneTimeToken"
  | "emailChange"
  | "magicLink"
  | "connectionRequest"
  | "outgoingMail"
  | "avatar"
  | "verificationToken"
  | "passkey"
  | "webauthnChallenge"
  | "totpFactor"
  | "secondFactorTries"
  | "recoveryCode"
  | "signInChallenge"
  | "trustedDevice"
  | "$executeRaw"
  | "$queryRaw"
>;

/**
 * Whether a statement failed since somebody else holds a value that may exist once, such as an address. The transaction is
 * lost with it.
 *
 * @see https://www.prisma.io/docs/orm/reference/error-reference#p2002
 */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** Runs `work` in one transaction, which is rolled back when it throws. */
export function inTransaction<Value>(work: (transaction: Database) => Promise<Value>): Promise<Value> {
  return db().$transaction(work, { maxWait: CONNECT_TIMEOUT_MS, timeout: IDLE_TRANSACTION_TIMEOUT_MS });
}
