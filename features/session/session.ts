import type { TimePreferences } from "@/lib/format-moment";
import type { SessionClaims } from "./session-claims";

/** The session as pages, handlers and `useSession` see it: no token, no secret. */
export interface LatchkeySession {
  readonly user: {
    readonly id: SessionClaims["sub"];
    readonly email: string;
    readonly name: string | null;
    readonly image: string | null;
    readonly roles: readonly string[];
  };
  /** The language, with its region, and the time zone that the person wants; null each: as the browser says. */
  readonly preferences: TimePreferences;
  /** The version of the terms that the person agreed to last; null: none. */
  readonly termsVersion: string | null;
  readonly session: {
    readonly id: string;
    /** When the person last proved who they are, ISO 8601. */
    readonly authTime: string;
    /** Authenticator assurance level, NIST SP 800-63B-4. */
    readonly aal: 1 | 2;
    /** RFC 8176. */
    readonly amr: readonly string[];
    /** "password" or the provider's id. */
    readonly method: string;
    /** When the session ends at the latest, ISO 8601. */
    readonly expiresAt: string;
  };
  /** The same as `session.expiresAt`, where Auth.js's client looks for it. */
  readonly expires: string;
  /**
   * A provider refuses to renew the tokens for its APIs until the person signs in there again (S13). Being signed in here
   * doesn't depend on it.
   */
  readonly error?: "RefreshTokenError";
  /** The account is due for deletion, ISO 8601: nothing is open but the question whether it stays. */
  readonly deletionDueAt?: string;
}

/** What is needed of a session's claims to describe it. */
export type DescribedClaims = Omit<SessionClaims, "gen" | "win" | "remember" | "cv" | "iat" | "exp">;

/** What a session's claims say, in the words of the application. */
export function describeSession(claims: DescribedClaims): LatchkeySession {
  const expiresAt = new Date(claims.abs * 1000).toISOString();
  return {
    user: { id: claims.sub, email: claims.email, name: claims.name, image: claims.picture, roles: claims.roles },
    preferences: { locale: claims.locale ?? null, timeZone: claims.zoneinfo ?? null },
    termsVersion: claims.terms ?? null,
    session: {
      id: claims.sid,
      authTime: new Date(claims.auth_time * 1000).toISOString(),
      aal: claims.aal,
      amr: claims.amr,
      method: claims.method,
      expiresAt,
    },
    expires: expiresAt,
    ...(claims.err ? { error: claims.err } : {}),
    ...(claims.due === undefined ? {} : { deletionDueAt: new Date(claims.due * 1000).toISOString() }),
  };
}
