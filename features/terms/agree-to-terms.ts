import { updateRepeatedClaims } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { TERMS_VERSION } from "./policy";

/**
 * Notes that somebody agrees to the terms as they are now, and when: everywhere they are signed in, nobody asks again.
 *
 * @param version - The version that was shown to them. A consent to another one than the current is none: they have not read it.
 * @see https://eur-lex.europa.eu/eli/reg/2016/679/oj#007.001 Article 7 (1): whoever relies on consent must be able to show it
 */
export async function agreeToTerms(
  person: { userId: UserId; sessionId: string; origin: RequestOrigin },
  version: string,
  now: Date,
): Promise<Result<null, "other_version">> {
  if (version !== TERMS_VERSION) return refuse("other_version");
  const { userId, ...by } = person;
  const claimsVersion = await inTransaction(async (database) => {
    const change = { termsVersion: version, termsAgreedAt: now };
    const current = await updateRepeatedClaims(database, userId, change);
    const event = { kind: "terms_agreed", userId, ...by, details: { version } } as const;
    if (current !== null) await appendAuditEvent(database, event);
    return current;
  });
  if (claimsVersion !== null) revocationFeed().noteClaims(userId, claimsVersion);
  return ok(null);
}
