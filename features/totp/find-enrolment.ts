import type { UserId } from "@/features/account/user-id";
import { addSeconds } from "@/lib/clock";
import { unseal } from "@/lib/crypto/seal";
import { findFactor } from "./data";
import { ENROLMENT_LIFETIME_SECONDS } from "./policy";

/** A secret that waits for its first code. */
interface WaitingSecret {
  readonly secret: string;
  readonly sealedSecret: Uint8Array<ArrayBuffer>;
}

/** The secret that a person's app was told within the last hour and that waits for its first code; null when there is none. */
export async function findEnrolment(userId: UserId, now: Date): Promise<WaitingSecret | null> {
  const factor = await findFactor(userId);
  if (!factor || factor.confirmedAt || addSeconds(factor.createdAt, ENROLMENT_LIFETIME_SECONDS) <= now) return null;
  return { secret: unseal("totp-secret", factor.sealedSecret, userId), sealedSecret: factor.sealedSecret };
}
