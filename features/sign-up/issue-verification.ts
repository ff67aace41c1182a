import { mailToAddress } from "@/features/mail/mail-to-address";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import type { Database } from "@/lib/db";
import { env } from "@/lib/env/env";
import type { Language } from "@/lib/i18n/languages";
import { insertToken, type PendingSignUp } from "./data";
import { verificationMail } from "./mails";
import { providerName } from "./provider-name";

/** What is needed of a sign-up to mail its link. */
type MailedSignUp = Pick<PendingSignUp, "id" | "email" | "identity">;

/** When a token that is issued now expires. */
export function verificationExpiresAt(now: Date): Date {
  return addSeconds(now, env().EMAIL_TOKEN_TTL);
}

/**
 * Issues a token for a pending sign-up and mails it. The mail is the only place where the token itself stands.
 *
 * @param database - The caller's transaction.
 * @param askedIn - The language of the request.
 */
export async function issueVerification(
  database: Database,
  signUp: MailedSignUp,
  askedIn: Language | undefined,
  now: Date,
): Promise<void> {
  const token = randomToken();
  const expiresAt = verificationExpiresAt(now);
  await insertToken(database, { tokenHash: hashToken(token), signUpId: signUp.id, createdAt: now, expiresAt });
  const content = verificationMail({ token, providerName: signUp.identity && providerName(signUp.identity.provider) });
  await mailToAddress(database, { kind: "sign_up_verification", to: signUp.email, content, askedIn }, now);
}
