import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { addSeconds } from "@/lib/clock";
import { inTransaction } from "@/lib/db";
import { env } from "@/lib/env/env";
import { ok, type Result, refuse } from "@/lib/result";
import { countExports, lockExports, readAddress, readEvents, readPerson } from "./data";
import { EXPORT_PERIOD_SECONDS, MAX_EXPORTS } from "./policy";

/** Who asks for their data, and from where. */
interface ExportRequest {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly origin: RequestOrigin;
}

const ABOUT =
  "Everything that is stored about this account. Left out: passwords, codes, keys and links, of which only hashes or " +
  "sealed copies are kept, and numbers for the system's own use. Times are in UTC.";

/**
 * Everything that the system holds on a person, as indented JSON: the right of access (GDPR, Articles 15 and 20). No
 * secret, and no hash of one: what is lost with the file opens nothing.
 *
 * @returns The JSON; `rate_limited` after ten in an hour.
 * @see https://eur-lex.europa.eu/eli/reg/2016/679/oj#015.001
 */
export async function exportAccount(
  request: ExportRequest,
  now: Date,
): Promise<Result<string, "rate_limited" | "unknown_account">> {
  if (!(await noteExport(request, now))) return refuse("rate_limited");
  const document = await gather(request.userId, now);
  return document ? ok(`${JSON.stringify(document, toReadable, 2)}\n`) : refuse("unknown_account");
}

/** Noted before it is gathered: the event is part of what is exported, and of parallel requests the eleventh is refused. */
async function noteExport({ userId, sessionId, origin }: ExportRequest, now: Date): Promise<boolean> {
  return await inTransaction(async (database) => {
    await lockExports(database, userId);
    const exports = await countExports(database, userId, addSeconds(now, -EXPORT_PERIOD_SECONDS));
    if (exports >= MAX_EXPORTS * env().RATE_LIMIT_SCALE) return false;
    await appendAuditEvent(database, { kind: "account_exported", userId, sessionId, origin });
    return true;
  });
}

async function gather(userId: UserId, now: Date) {
  const person = await readPerson(userId);
  if (!person) return null;
  const { accounts, sessions, totpFactor, secondFactorTries, recoveryCodes, password, avatar, ...rest } = person;
  const { oneTimeTokens, emailChanges, signInChallenges, trustedDevices, knownDevices, ...more } = rest;
  const { passkeys, webauthnChallenges, connectionRequests, ...account } = more;
  return {
    about: ABOUT,
    exportedAt: now,
    account,
    avatar,
    password: password && { changedAt: password.updatedAt },
    connections: accounts.map(({ tokens, ...connection }) => ({ ...connection, storedAccess: tokens })),
    passkeys,
    secondFactor: { app: totpFactor, tries: secondFactorTries, recoveryCodes },
    sessions,
    trustedDevices,
    knownDevices,
    emailChanges,
    ...(await readAddress(person.email)),
    pending: { oneTimeTokens, signInChallenges, webauthnChallenges, connectionRequests },
    auditEvents: await readEvents(userId),
  };
}

/** What JSON has no form for: pictures and keys as base64, counters as numbers. */
function toReadable(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return typeof value === "bigint" ? Number(value) : value;
}
