import type { TimePreferences } from "@/lib/format-moment";
import type { SessionClaims } from "./session-claims";
import { type TimeLeft, timeLeft } from "./time-left";

/**
 * The session as pages, handlers and `useSession` see it: no token, no secret.
 *
 * @typeParam Role - The roles that there are, which only `access.ts` knows: it stands above this.
 */
export interface LatchkeySession<Role extends string = string> {
  /** Who is signed in, as the cookie repeats it: at most `REVOCATION_MAX_STALENESS` behind the database. */
  readonly user: {
    /** The account's id, for whose rows they are. Never the address: that one changes. */
    readonly id: SessionClaims["sub"];
    /** Proven, and in the one spelling that is stored. */
    readonly email: string;
    /** null: the person gave none. */
    readonly name: string | null;
    /** The picture's address; null: none. */
    readonly image: string | null;
    /** Those of `access.ts`. One that is stored and isn't there any more is left out. */
    readonly roles: readonly Role[];
  };
  /** The language, with its region, and the time zone that the person wants; null each: as the browser says. */
  readonly preferences: TimePreferences;
  /** The version of the terms that the person agreed to last; null: none. */
  readonly termsVersion: string | null;
  readonly session: {
    /** The same through all rotations, until the session ends. */
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
    /** How long it goes on from this answer. For whoever came with a cookie: an access token doesn't know. */
    readonly timeLeft?: TimeLeft;
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

/**
 * What a session's claims say, in the words of the application.
 *
 * @param knownRoles - The roles that there are. A person may still have one that was taken out of them.
 */
export function describeSession<Role extends string>(
  claims: DescribedClaims,
  knownRoles: readonly Role[],
): LatchkeySession<Role> {
  const expiresAt = new Date(claims.abs * 1000).toISOString();
  const roles = knownRoles.filter((role) => claims.roles.includes(role));
  return {
    user: { id: claims.sub, email: claims.email, name: claims.name, image: claims.picture, roles },
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

/** The same for the browser whose cookie says it, which is told how long that goes on. */
export function describeBrowserSession<Role extends string>(
  claims: SessionClaims,
  knownRoles: readonly Role[],
  now: Date,
): LatchkeySession<Role> {
  const described = describeSession(claims, knownRoles);
  return { ...described, session: { ...described.session, timeLeft: timeLeft(claims, now) } };
}
