import { notFound } from "next/navigation";

import { htmlDocumentOf, MAIL_CONTENT_SECURITY_POLICY } from "@/features/dev-mailbox/html-document";
import { findMessage } from "@/features/dev-mailbox/read-mailbox";
import { requireMailboxDirectory } from "../../mailbox-directory";

/** A mail's HTML for the sandboxed frame; opened by itself, the same policy still holds it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const message = await findMessage(await requireMailboxDirectory(), id);
  if (message === null || message.html === null) notFound();
  return new Response(htmlDocumentOf(message.html), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": MAIL_CONTENT_SECURITY_POLICY,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}
