import * as z from "zod";

import type { UserId } from "@/features/account/user-id";
import { epochSeconds } from "@/lib/clock";

/** Longer names and image addresses than these stay in the database: the cookie is kept below 1 KB. */
const MAX_NAME_LENGTH = 100;
const MAX_IMAGE_LENGTH = 200;

/**
 * What the session cookie says. Claims that RFC 7519, RFC 8176 and OpenID Connect name keep their names.
 *
 * Written only by this server and sealed, so a token that opens but doesn't fit is of another version: it counts as none.
 */
export const SessionClaimsSchema = z.object({
  sub: z.string().transform((id) => id as UserId),
  sid: z.string(),
  /** Generation: counts rotations. */
  gen: z.int().min(0),
  /** When the access window ends, in seconds since the epoch, to the millisecond. */
  win: z.number(),
  /** When the session ends whatever happens. */
  abs: z.int(),
  /** When the session ends unless a rotation moves that on, as the row held it. Absent in cookies of versions that didn't say. */
  idle: z.int().optional(),
  auth_time: z.int(),
  aal: z.union([z.literal(1), z.literal(2)]),
  amr: z.array(z.string()),
  /** How the person signed in: "password" or a provider's id. */
  method: z.string(),
  remember: z.boolean(),
  roles: z.array(z.string()),
  email: z.string(),
  name: z.string().nullable(),
  picture: z.string().nullable(),
  /** How the person wants dates and times, by OpenID Connect's names: BCP 47 and IANA. Absent: as the browser says. */
  locale: z.string().optional(),
  zoneinfo: z.string().optional(),
  /** The version of the terms that the person agreed to last. Absent: none. */
  terms: z.string().optional(),
  /** Version of what is repeated here about the person. */
  cv: z.int(),
  /** Set while a provider refuses to renew the person's tokens (S13). */
  err: z.literal("RefreshTokenError").optional(),
  /** Set while the account is due for deletion: when, in seconds since the epoch. The session opens nothing but that decision. */
  due: z.int().optional(),
  iat: z.int(),
  exp: z.int(),
});

export type SessionClaims = z.output<typeof SessionClaimsSchema>;

/** What a session cookie repeats about the person. */
export interface RepeatedClaims {
  readonly email: string;
  readonly name: string | null;
  readonly image: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly termsVersion: string | null;
  readonly roles: readonly string[];
  readonly claimsVersion: number;
  /** Whether a provider wants them to sign in there again before it issues further tokens (S13). */
  readonly needsConsent: boolean;
  /** When the account goes, once its owner asked for that. */
  readonly deletionDueAt: Date | null;
}

/** The claims about the person, cut to what a cookie should carry. */
export function repeatPerson(
  person: RepeatedClaims,
): Pick<
  SessionClaims,
  "email" | "name" | "picture" | "locale" | "zoneinfo" | "terms" | "roles" | "cv" | "err" | "due"
> {
  return {
    email: person.email,
    name: person.name === null ? null : person.name.slice(0, MAX_NAME_LENGTH),
    picture: person.image !== null && person.image.length <= MAX_IMAGE_LENGTH ? person.image : null,
    roles: [...person.roles],
    cv: person.claimsVersion,
    // Named when they are unset too, so that they replace what an older cookie says.
    locale: person.locale ?? undefined,
    zoneinfo: person.timeZone ?? undefined,
    terms: person.termsVersion ?? undefined,
    err: person.needsConsent ? "RefreshTokenError" : undefined,
    due: person.deletionDueAt ? epochSeconds(person.deletionDueAt) : undefined,
  };
}
