import type { UserId } from "@/features/account/user-id";
import { seal } from "@/lib/crypto/seal";
import { ok, type Result, refuse } from "@/lib/result";
import { writeEnrolment } from "./data";
import { keyUri, newSecret } from "./totp";

/** What an authenticator app is to be told: by hand or by QR code. */
export interface Enrolment {
  /** Base32. */
  readonly secret: string;
  readonly uri: string;
}

/**
 * Makes a secret for an authenticator app. It protects nothing until a code of it was confirmed, and a newer one takes its place.
 *
 * @param person - Whose app it will be; the address is what the app shows.
 */
export async function beginEnrolment(
  person: { userId: UserId; email: string },
  now: Date,
): Promise<Result<Enrolment, "second_factor_on">> {
  const secret = newSecret();
  const written = await writeEnrolment(person.userId, seal("totp-secret", secret, person.userId), now);
  return written ? ok({ secret, uri: keyUri(secret, person.email) }) : refuse("second_factor_on");
}
