import type { RequestOrigin } from "@/features/audit/request-origin";
import { limitRequest } from "@/features/rate-limit/limit-request";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import type { SignInProof } from "@/features/session/start-session";
import { ok, type Result } from "@/lib/result";
import { provePasskey } from "./prove-passkey";
import type { AuthenticationResponse } from "./schema";

/**
 * Signs in whoever holds a passkey. It verified them, so that it is two factors at once: no second one is asked for
 * (NIST SP 800-63B-4 section 3.1.7).
 *
 * @returns What the session is to be begun with.
 */
export async function signInWithPasskey(
  { remember = false, ...response }: AuthenticationResponse & { remember?: boolean | undefined },
  origin: RequestOrigin,
  now: Date,
): Promise<Result<SignInProof, "invalid_passkey" | RateLimited>> {
  const taken = await limitRequest("passkey", origin);
  if (!taken.ok) return taken;
  const proven = await provePasskey(response, { purpose: "sign_in", userId: null }, origin, now);
  if (!proven.ok) return proven;
  await taken.value.giveBack();
  return ok({ ...proven.value, ...origin, method: "passkey", aal: 2, remember });
}
