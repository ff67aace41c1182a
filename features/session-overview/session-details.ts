import { findSession } from "@/features/session/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie, sessionCookieAttributes, sessionCookieName } from "@/features/session/session-cookie";

/** What a session cookie says, and what stands in the database beside it. Neither its value nor a key. */
export interface SessionDetails {
  readonly claims: SessionClaims;
  readonly row: { readonly generation: number; readonly idleExpiresAt: Date };
  readonly cookie: {
    readonly name: string;
    /** As the browser sends it: name, `=` and value, all of them ASCII. */
    readonly sizeBytes: number;
    readonly secure: boolean;
    /** When the browser forgets it; null: when it is closed. */
    readonly keptUntil: Date | null;
  };
  readonly feed: { readonly ageMs: number; readonly worstStalenessMs: number; readonly entries: number };
}

/**
 * Opens a person's own session cookie for them to look inside.
 *
 * @param value - The cookie of a session that was found to be live.
 * @returns null when the session has ended meanwhile.
 */
export async function readSessionDetails(value: string | undefined, now: Date): Promise<SessionDetails | null> {
  const claims = openSessionCookie(value, now);
  const row = claims && (await findSession(claims.sid));
  if (!value || !row || row.endedAt) return null;
  const { generation, idleExpiresAt } = row;
  const { secure, expires } = sessionCookieAttributes(claims);
  const name = sessionCookieName();
  return {
    claims,
    row: { generation, idleExpiresAt },
    cookie: { name, sizeBytes: name.length + 1 + value.length, secure, keptUntil: expires ?? null },
    feed: revocationFeed().metrics(),
  };
}
