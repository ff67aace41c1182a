import type { UserId } from "@/features/account/user-id";
import { mailToAccount } from "@/features/mail/mail-to-account";
import type { Database } from "@/lib/db";
import { env } from "@/lib/env/env";

/** Tells the owner, in the transaction that ends the session, that a copy of its cookie was used (S6). */
export async function mailAboutReuse(database: Database, userId: UserId, now: Date): Promise<void> {
  const { host } = env().AUTH_URL;
  const content = {
    subject: "We ended a session that may have been copied",
    greeting: "Hello,",
    paragraphs: [
      `Two browsers used the same sign-in at ${host}, which happens when somebody copies it. We can't tell which of them is yours, so we have signed both out.`,
      "Sign in again, and change your password if you don't know how this came about. A computer restored from a backup can be the harmless cause.",
    ],
    action: { label: "Sign in again", url: new URL("/sign-in", env().AUTH_URL).href },
    footer: "We send this mail whenever a session ends in this way.",
  };
  await mailToAccount(database, { userId, kind: "session_reuse", content }, now);
}
