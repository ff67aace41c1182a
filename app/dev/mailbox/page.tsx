import { SubmitButton } from "@/components/submit-button";
import { listMessages } from "@/features/dev-mailbox/read-mailbox";
import type { MailboxMessage } from "@/features/dev-mailbox/schema";
import { DEFAULT_LANGUAGE } from "@/lib/i18n/languages";
import { translatorFor } from "@/lib/i18n/translator";
import { timeAgo } from "@/lib/time-ago";
import { emptyMailboxAction } from "./actions";
import { requireMailboxDirectory } from "./mailbox-directory";

export default async function MailboxPage() {
  const messages = await listMessages(await requireMailboxDirectory());
  const now = new Date();
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="font-semibold text-2xl">Mails</h1>
        <div className="flex flex-wrap items-center gap-4">
          {/* A plain link: it loads the page again, with and without JavaScript. */}
          <a href="/dev/mailbox" className="py-2 font-medium text-accent underline underline-offset-4">
            Refresh
          </a>
          {messages.length > 0 && (
            <form action={emptyMailboxAction}>
              <SubmitButton variant="secondary">Empty the mailbox</SubmitButton>
            </form>
          )}
        </div>
      </div>
      {messages.length === 0 ? <NoMails /> : <MailList messages={messages} now={now} />}
    </>
  );
}

function NoMails() {
  return (
    <div className="rounded-card border border-border bg-surface p-6">
      <h2 className="mb-2 font-medium text-lg">No mails yet</h2>
      <p className="text-muted">
        <a href="/sign-up" className="text-accent underline underline-offset-4">
          Sign up
        </a>{" "}
        with any address, even an invented one. The mail appears here within a second or two: press Refresh.
      </p>
    </div>
  );
}

async function MailList({ messages, now }: { messages: readonly MailboxMessage[]; now: Date }) {
  const t = await translatorFor(DEFAULT_LANGUAGE, "account");
  return (
    <ul className="divide-y divide-border overflow-hidden rounded-card border border-border bg-surface">
      {messages.map(({ id, to, subject, receivedAt }) => (
        <li key={id} className="relative flex flex-wrap items-baseline gap-x-4 gap-y-1 p-4 hover:bg-background">
          <a
            href={`/dev/mailbox/${id}`}
            className="wrap-anywhere min-w-0 flex-1 basis-60 font-medium after:absolute after:inset-0"
          >
            {subject || "(no subject)"}
          </a>
          <time dateTime={receivedAt} className="text-muted text-sm">
            {timeAgo(t, new Date(receivedAt), now)}
          </time>
          <p className="wrap-anywhere w-full text-muted text-sm">to {to || "nobody named"}</p>
        </li>
      ))}
    </ul>
  );
}
