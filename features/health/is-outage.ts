import { Failure } from "@/lib/failure";

/** Ours: something has no room or no answer just now. */
const TEMPORARY_FAILURES = new Set(["database_unavailable", "hash_queue_full", "hash_worker_crashed"]);

/** Prisma: unreachable, timed out, connection closed, no free connection, transaction not started or expired, write conflict, too many connections. */
const PRISMA_CODES = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"]);

/** The driver adapter's own names for the same. */
const ADAPTER_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "TransactionWriteConflict",
]);

/**
 * SQLSTATE: connection exceptions (08), out of resources or disk (53), cancelled, shutting down or starting up (57),
 * I/O errors (58), serialisation failures and deadlocks (40), lock not available, a standby during a failover, a right that
 * the operator has yet to grant (F24).
 */
const SQL_STATES = /^(?:08|40|53|57|58)|^(?:55P03|25006|42501)$/;

/** node-postgres has no codes for what its pool and its timers say. */
const DRIVER_MESSAGES = new Set([
  "timeout exceeded when trying to connect",
  "Connection terminated due to connection timeout",
  "Connection terminated unexpectedly",
  "Connection terminated",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "Query read timeout",
]);

/**
 * Whether an error is weather: the same call may succeed in a moment, and nobody did anything wrong (S10).
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: unknown } };
  if (error instanceof Failure) return TEMPORARY_FAILURES.has(error.code);
  if (typeof code === "string" && PRISMA_CODES.has(code)) return true;
  if (DRIVER_MESSAGES.has(error.message)) return true;
  return isAdapterOutage(meta?.driverAdapterError ?? error);
}

function isAdapterOutage(error: unknown): boolean {
  const { cause } = error as { cause?: { kind?: unknown; code?: unknown; originalCode?: unknown } };
  if (!cause) return false;
  const sqlState = cause.originalCode ?? cause.code;
  return ADAPTER_KINDS.has(String(cause.kind)) || (typeof sqlState === "string" && SQL_STATES.test(sqlState));
}
