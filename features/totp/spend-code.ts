import type { UserId } from "@/features/account/user-id";
import { isSealedWithNewest, seal, unseal } from "@/lib/crypto/seal";
import type { Database } from "@/lib/db";
import { findFactor, spendStep, writeSealedSecret } from "./data";
import { matchingStep } from "./totp";

/**
 * Takes a code of a person's authenticator app, once.
 *
 * @param code - As typed, unverified.
 * @returns False for a wrong code, one that was used, one older than the last that was used, and where no factor is on.
 */
export async function spendCode(database: Database, userId: UserId, code: string, now: Date): Promise<boolean> {
  const factor = await findFactor(userId, database);
  if (!factor?.confirmedAt) return false;
  const secret = unseal("totp-secret", factor.sealedSecret, userId);
  const step = matchingStep(secret, code, now);
  if (step === null || !(await spendStep(database, userId, step))) return false;
  // The older secret of AUTH_SECRET may go some day: what is used moves to the newest (S12).
  if (!isSealedWithNewest("totp-secret", factor.sealedSecret)) {
    await writeSealedSecret(database, userId, factor.sealedSecret, seal("totp-secret", secret, userId));
  }
  return true;
}
