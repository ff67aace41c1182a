import type { UserId } from "@/features/account/user-id";
import type { MailContent } from "@/features/mail/mail-content";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { providerName } from "@/features/sign-up/provider-name";
import type { Database } from "@/lib/db";
import { env } from "@/lib/env/env";

// Neither mail names the identity: its address was chosen by whoever connected it.

/** Tells the owner that a provider was connected or disconnected, in the transaction that does it. */
export async function mailAboutConnection(
  database: Database,
  mail: { userId: UserId; kind: "connection_added" | "connection_removed"; provider: string },
  now: Date,
): Promise<void> {
  const name = providerName(mail.provider);
  const content = mail.kind === "connection_added" ? addedMail(name) : removedMail(name);
  await mailToAccount(database, { userId: mail.userId, kind: mail.kind, content }, now);
}

const connectionsUrl = () => new URL("/settings/connections", env().AUTH_URL).href;

function addedMail(name: string): MailContent {
  return {
    subject: `${name} was connected to your account`,
    greeting: "Hello,",
    paragraphs: [
      `Your account at ${env().AUTH_URL.host} was connected with an account at ${name}. From now on, whoever signs in to that ${name} account is signed in to yours.`,
      "Under Connections you see which one it is, and can disconnect it.",
    ],
    action: { label: "See your connections", url: connectionsUrl() },
    footer: `If it was not you, disconnect ${name}, end all other sessions, and change your password.`,
  };
}

function removedMail(name: string): MailContent {
  return {
    subject: `${name} was disconnected from your account`,
    greeting: "Hello,",
    paragraphs: [
      `${name} was disconnected from your account at ${env().AUTH_URL.host}. You can't sign in with ${name} any more, and other devices that were signed in with it have been signed out.`,
      "You still sign in with the other ways that you have.",
    ],
    action: { label: "See your connections", url: connectionsUrl() },
    footer: "If it was not you, end all other sessions and change your password.",
  };
}
