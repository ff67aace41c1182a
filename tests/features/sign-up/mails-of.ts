import { MailContentSchema } from "@/features/mail/mail-content";
import { renderMail } from "@/features/mail/render-mail";
import { unseal } from "@/lib/crypto/seal";
import { db } from "@/lib/db";

/** A mail that waits in the outbox, opened and rendered. */
export interface WaitingMail {
  kind: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** The mails of the outbox, oldest first. */
export async function waitingMails(): Promise<WaitingMail[]> {
  const rows = await db().outgoingMail.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  const mails = rows.map(async ({ id, kind, recipient, sealedContent }) => {
    if (!sealedContent) return [];
    const content = MailContentSchema.parse(JSON.parse(unseal("mail-content", sealedContent, id)));
    return [{ kind, to: recipient, ...(await renderMail(content)) }];
  });
  return (await Promise.all(mails)).flat();
}

/** The tokens of the verification links in the outbox, oldest first. */
export async function mailedTokens(to?: string): Promise<string[]> {
  const mails = (await waitingMails()).filter((mail) => to === undefined || mail.to === to);
  return mails.flatMap(({ text }) => /\/verify-email\?token=([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? []);
}

/** How many rows each table of this feature has. */
export async function counts() {
  const [users, signUps, tokens, mails] = await Promise.all([
    db().user.count(),
    db().signUp.count(),
    db().oneTimeToken.count(),
    db().outgoingMail.count(),
  ]);
  return { users, signUps, tokens, mails };
}

/** Empties them. */
export async function clear(): Promise<void> {
  await db().user.deleteMany();
  await db().signUp.deleteMany();
  await db().outgoingMail.deleteMany();
}
