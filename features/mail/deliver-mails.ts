import { addSeconds } from "@/lib/clock";
import { unseal } from "@/lib/crypto/seal";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";
import { sendMail } from "@/lib/mail/send-mail";
import { type ClaimedMail, claimDueMails, giveUpMail, markMailSent, rescheduleMail } from "./data";
import { type MailContent, MailContentSchema } from "./mail-content";
import { GIVE_UP_AFTER_SECONDS, MAILS_AT_ONCE, retryDelaySeconds } from "./policy";
import { renderMail } from "./render-mail";

/**
 * Sends the mails that are due, up to ten at once, and notes what became of each.
 *
 * A mail is sent at least once: when this process ends between the server's "accepted" and the note of it, the mail is
 * sent again after the lease, under the same Message-ID. Trouble with the mail server is expected, and noted; what is
 * thrown is trouble with the database.
 *
 * @returns How many were taken in hand. As many as are taken at once means that there may be more.
 */
export async function deliverDueMails(now: Date): Promise<number> {
  const mails = await claimDueMails(now, MAILS_AT_ONCE);
  const outcomes = await Promise.allSettled(mails.map((mail) => deliver(mail, now)));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  return mails.length;
}

async function deliver(mail: ClaimedMail, now: Date): Promise<void> {
  const content = openContent(mail);
  if (!content) {
    // Its secret was taken out of AUTH_SECRET before it was sent, or its shape is one of another version's.
    log.error({ mailId: mail.id }, "A mail can't be opened, and was given up.");
    return await giveUpMail(mail, "content_unreadable");
  }
  const sent = await sendMail({ id: mail.id, to: mail.recipient, ...(await renderMail(content)) });
  if (sent.ok) return await markMailSent(mail.id, now);

  const nextAttemptAt = addSeconds(now, retryDelaySeconds(mail.attempts));
  const isTooLate = nextAttemptAt >= addSeconds(mail.createdAt, GIVE_UP_AFTER_SECONDS);
  const isOver = isTooLate || sent.refusal === "refused_for_good";
  log.warn(
    { mailId: mail.id, reason: sent.refusal, attempts: mail.attempts },
    isOver ? "A mail was given up." : "A mail has to wait.",
  );
  return isOver ? await giveUpMail(mail, sent.refusal) : await rescheduleMail(mail, nextAttemptAt, sent.refusal);
}

function openContent(mail: ClaimedMail): MailContent | null {
  try {
    const content = JSON.parse(unseal("mail-content", mail.sealedContent, mail.id));
    return MailContentSchema.safeParse(content).data ?? null;
  } catch (error) {
    if (error instanceof Failure && error.code === "seal_broken") return null;
    throw error;
  }
}
