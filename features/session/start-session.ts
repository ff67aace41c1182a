import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { addSeconds, epochSeconds } from "@/lib/clock";
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
}

/**
 * Begins a session after a complete sign-in: one row, whatever the way in (S1).
 *
 * @returns The first cookie's claims, or `account_disabled`.
 */
export async function startSession(proof: SignInProof, now: Date): Promise<Result<SessionClaims, "account_disabled">> {
  const lifetimes = sessionLifetimes();
  const id = uuidv7(now);
  const idleExpiresAt = addSeconds(now, lifetimes.idleSeconds);
  const absoluteExpiresAt = addSeconds(now, lifetimes.absoluteSeconds);
  const person = await insertSession(id, {
    ...proof,
    authenticatedAt: now,
    idleExpiresAt,
    absoluteExpiresAt,
  });
  if (!person) return refuse("account_disabled");
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
