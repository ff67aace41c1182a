import { touchTrustedDevice } from "@/features/trusted-device/data";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { type FirstFactor, hasSecondFactor, insertChallenge } from "./data";
import { CHALLENGE_LIFETIME_SECONDS } from "./policy";

/** Whether a right first factor is enough to sign in. */
export type Admission =
  | { readonly outcome: "complete" }
  | {
      readonly outcome: "second_factor_required";
      /** For the challenge cookie, and for nothing else. */
      readonly challengeToken: string;
      readonly expiresAt: Date;
    };

/**
 * Decides what a right first factor is worth, for every way of signing in: a password, a provider, a link in a mail.
 *
 * Where a second factor is on, and this person doesn't trust this browser, the sign-in is kept as a challenge until the second
 * factor comes. The challenge opens nothing by itself.
 *
 * A session that is begun without asking here is refused all the same: see `insertSession`.
 *
 * @param firstFactor - Whose it was, and what it proved.
 * @param trustedDeviceToken - The browser's trusted-device cookie, unverified.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Multifactor_Authentication_Cheat_Sheet.html
 */
export async function admitFirstFactor(
  firstFactor: FirstFactor,
  trustedDeviceToken: string | undefined,
  now: Date,
): Promise<Admission> {
  const { userId } = firstFactor;
  if (!(await hasSecondFactor(userId))) return { outcome: "complete" };
  if (trustedDeviceToken && (await touchTrustedDevice(userId, hashToken(trustedDeviceToken), now))) {
    return { outcome: "complete" };
  }
  const challengeToken = randomToken();
  const expiresAt = addSeconds(now, CHALLENGE_LIFETIME_SECONDS);
  await insertChallenge(hashToken(challengeToken), firstFactor, { createdAt: now, expiresAt });
  return { outcome: "second_factor_required", challengeToken, expiresAt };
}
