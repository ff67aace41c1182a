import { linksIn } from "@/features/dev-mailbox/links";
import { listMessages } from "@/features/dev-mailbox/read-mailbox";
import { requireMailboxDirectory } from "../mailbox-directory";

/** The mails as JSON, newest first, for end-to-end tests; `?to=` keeps those for one address. */
export async function GET(request: Request): Promise<Response> {
  const to = new URL(request.url).searchParams.get("to") ?? undefined;
  const messages = await listMessages(await requireMailboxDirectory(), to);
  const body = messages.map(({ id, receivedAt, to: recipient, subject, text, html }) => ({
    ...{ id, receivedAt, to: recipient, subject, text, html },
    links: linksIn(text),
  }));
  return Response.json({ messages: body }, { headers: { "cache-control": "no-store" } });
}
