import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { NO_PROVIDER_SESSION, type ProviderSession } from "@/features/provider-session/provider-session";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { Failure } from "@/lib/failure";
import { ok, type Result, refuse } from "@/lib/result";
import { uuidv7 } from "@/lib/uuid";
import { insertSession } from "./data";
import { makeClaims } from "./make-claims";
import { sessionLifetimes } from "./policy";
import type { SessionClaims } from "./session-claims";

/** What a sign-in proved, and from where. */
export interface SignInProof extends RequestOrigin {
  readonly userId: UserId;
  /** "password" or the provider's id. */
  readonly method: string;
  readonly aal: 1 | 2;
  /** RFC 8176 values: "pwd", "otp", … ; "fed" for an identity provider. */
  readonly amr: readonly string[];
  readonly remember: boolean;
  /** The browser's trusted-device cookie, unverified: it stands in for the second factor of whoever trusts this browser. */
  readonly trustedDeviceToken?: string | undefined;
  /** What the browser is recognised by at its next sign-in; absent where no browser signs in. */
  readonly deviceToken?: string | undefined;
  /** Which password was proven, where one was: a newer one has taken its place if the account's is another by now. */
  readonly passwordVersion?: Date | null | undefined;
  /** The session at the provider, where one signed the person in. */
  readonly providerSession?: ProviderSession | undefined;
}

const MAX_ATTEMPTS = 5;

/** Why a sign-in begins no session after all. */
export type StartRefusal = "account_disabled" | "invalid_credentials" | "second_factor_required";

/**
 * Begins a session after a complete sign-in: one row, whatever the way in (S1).
 *
 * @returns The first cookie's claims; `account_disabled`; `invalid_credentials`, when the password was replaced since it was
 *   proven; or `second_factor_required`, when nobody asked for one that is on.
 */
export async function startSession(proof: SignInProof, now: Date): Promise<Result<SessionClaims, StartRefusal>> {
  const lifetimes = sessionLifetimes();
  const id = uuidv7(now);
  const idleExpiresAt = addSeconds(now, lifetimes.idleSeconds);
  const absoluteExpiresAt = addSeconds(now, lifetimes.absoluteSeconds);
  const person = await insertUnlessOvertaken(id, {
    ...proof,
    authenticatedAt: now,
    idleExpiresAt,
    absoluteExpiresAt,
    trustedDeviceHash: proof.trustedDeviceToken ? hashToken(proof.trustedDeviceToken) : null,
    passwordVersion: proof.passwordVersion ?? null,
    providerSession: proof.providerSession ?? NO_PROVIDER_SESSION,
  });
  if (!person) return refuse("account_disabled");
  if (person.outcome === "password_replaced") return refuse("invalid_credentials");
  if (person.outcome === "second_factor_required") return refuse("second_factor_required");
  const birth = {
    sub: proof.userId,
    sid: id,
    auth_time: epochSeconds(now),
    aal: proof.aal,
    amr: [...proof.amr],
    method: proof.method,
    remember: proof.remember,
    abs: epochSeconds(absoluteExpiresAt),
  };
  return ok(makeClaims(birth, 0, person, idleExpiresAt, lifetimes, now));
}

/** A person's row changes at most a few times within one sign-in. */
async function insertUnlessOvertaken(...session: Parameters<typeof insertSession>) {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const inserted = await insertSession(...session);
    if (inserted?.outcome !== "overtaken") return inserted;
  }
  throw new Failure("account_contended", "A person's row changed faster than a session could begin.");
}
