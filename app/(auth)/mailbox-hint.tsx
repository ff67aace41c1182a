import { LinkButton } from "@/components/link-button";
import { env } from "@/lib/env/env";

/** The way to the development mailbox, where there is one; nothing where mails are really sent. */
export function MailboxHint() {
  if (!env().LATCHKEY_DEV_MAILBOX) return null;
  return (
    <div>
      <LinkButton href="/dev/mailbox" wide>
        Open the development mailbox
      </LinkButton>
      <p className="mt-1.5 text-center text-sm text-muted">On this machine every mail ends up there.</p>
    </div>
  );
}
