import { getTranslations } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { env } from "@/lib/env/env";

/** The way to the development mailbox, where there is one; nothing where mails are really sent. */
export async function MailboxHint() {
  if (!env().LATCHKEY_DEV_MAILBOX) return null;
  const t = await getTranslations("auth");
  return (
    <div>
      <LinkButton href="/dev/mailbox" wide>
        {t("mailbox.open")}
      </LinkButton>
      <p className="mt-1.5 text-center text-sm text-muted">{t("mailbox.hint")}</p>
    </div>
  );
}
