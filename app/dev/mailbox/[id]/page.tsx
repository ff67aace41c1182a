import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { LocalTime } from "@/components/local-time";
import { MAIL_FRAME_SANDBOX } from "@/features/dev-mailbox/html-document";
import { linksIn } from "@/features/dev-mailbox/links";
import { findMessage } from "@/features/dev-mailbox/read-mailbox";
import type { MailboxMessage } from "@/features/dev-mailbox/schema";
import { requireMailboxDirectory } from "../mailbox-directory";

export const metadata: Metadata = { title: "Mail" };

export default async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const message = await findMessage(await requireMailboxDirectory(), id);
  if (message === null) notFound();
  const links = linksIn(message.text);
  return (
    <>
      <a href="/dev/mailbox" className="inline-block py-2 text-accent underline underline-offset-4">
        All mails
      </a>
      <h1 className="wrap-anywhere mt-2 mb-4 font-semibold text-2xl">{message.subject || "(no subject)"}</h1>
      <Headers message={message} />
      {links.length > 0 && <Links links={links} />}
      {message.html !== null && <Html message={message} />}
      <section aria-labelledby="text-heading" className="mt-8">
        <h2 id="text-heading" className="mb-3 font-medium text-lg">
          Text
        </h2>
        <pre className="wrap-anywhere whitespace-pre-wrap rounded-card border border-border bg-surface p-4 text-sm">
          {message.text || "This mail has no text."}
        </pre>
      </section>
    </>
  );
}

function Headers({ message }: { message: MailboxMessage }) {
  const rows = [
    { name: "From", value: message.from },
    { name: "To", value: message.to },
    { name: "Delivered to", value: message.envelopeTo.join(", ") },
    { name: "Received", value: <LocalTime at={message.receivedAt} /> },
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {rows.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Links({ links }: { links: readonly string[] }) {
  return (
    <section aria-labelledby="links-heading" className="mt-6 rounded-card border border-border bg-surface p-4">
      <h2 id="links-heading" className="mb-2 font-medium">
        Links in this mail
      </h2>
      <ul className="grid gap-2">
        {links.map((link) => (
          <li key={link}>
            <a href={link} className="wrap-anywhere text-accent underline underline-offset-4">
              {link}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Html({ message }: { message: MailboxMessage }) {
  return (
    <section aria-labelledby="html-heading" className="mt-8">
      <h2 id="html-heading" className="mb-3 font-medium text-lg">
        As a mail program shows it
      </h2>
      <iframe
        title={`HTML of ${message.subject || "this mail"}`}
        src={`/dev/mailbox/${message.id}/html`}
        sandbox={MAIL_FRAME_SANDBOX}
        // Mails are written for white paper, whatever the theme around them.
        className="h-[32rem] w-full rounded-card border border-border bg-[#fff] [color-scheme:light]"
      />
    </section>
  );
}
