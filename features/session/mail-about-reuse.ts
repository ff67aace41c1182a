import type { UserId } from "@/features/account/user-id";
import type { MailWriter } from "@/features/mail/mail-reader";
import { mailToAccount } from "@/features/mail/mail-to-account";
import type { Database } from "@/lib/db";
import { env } from "@/lib/env/env";
import type { Language } from "@/lib/i18n/languages";

/**
 * Tells the owner, in the transaction that ends the session, that a copy of its cookie was used (S6).
 *
 * @param askedIn - The language of the request that brought the copy.
 */
export async function mailAboutReuse(
  database: Database,
  userId: UserId,
  askedIn: Language | undefined,
  now: Date,
): Promise<void> {
  await mailToAccount(database, { userId, kind: "session_reuse", content: reuseMail(), askedIn }, now);
}

/** The mail of it. */
export function reuseMail(): MailWriter {
  const { AUTH_URL } = env();
  return ({ t }) => ({
    subject: t("sessionReuse.subject"),
    paragraphs: [t("sessionReuse.happened", { host: AUTH_URL.host }), t("sessionReuse.advice")],
    action: { label: t("sessionReuse.action"), url: new URL("/sign-in", AUTH_URL).href },
    footer: t("sessionReuse.footer"),
  });
}
