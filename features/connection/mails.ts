import type { UserId } from "@/features/account/user-id";
import type { MailWriter } from "@/features/mail/mail-reader";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { providerName } from "@/features/sign-up/provider-name";
import type { Database } from "@/lib/db";
import { env } from "@/lib/env/env";
import type { Language } from "@/lib/i18n/languages";

// Neither mail names the identity: its address was chosen by whoever connected it.

const EVENTS = { connection_added: "added", connection_removed: "removed" } as const;

/** That a provider was connected or disconnected. */
interface ConnectionNews {
  readonly userId: UserId;
  readonly kind: keyof typeof EVENTS;
  readonly provider: string;
  readonly askedIn: Language | undefined;
}

/** Tells the owner, in the transaction that does it. */
export async function mailAboutConnection(database: Database, news: ConnectionNews, now: Date): Promise<void> {
  const { userId, kind, askedIn } = news;
  const content = connectionMail(EVENTS[kind], providerName(news.provider));
  await mailToAccount(database, { userId, kind, content, askedIn }, now);
}

/** The mail of it. */
export function connectionMail(event: "added" | "removed", provider: string): MailWriter {
  const { AUTH_URL } = env();
  return ({ t }) => ({
    subject: t(`connection.${event}.subject`, { provider }),
    paragraphs: [t(`connection.${event}.happened`, { host: AUTH_URL.host, provider }), t(`connection.${event}.advice`)],
    action: { label: t("connection.action"), url: new URL("/settings/connections", AUTH_URL).href },
    footer: t(`connection.${event}.footer`, { provider }),
  });
}
