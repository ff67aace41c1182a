import { getTranslations, getWords } from "@/app/_request/translations";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { LinkButton } from "@/components/link-button";
import { LocalTime } from "@/components/local-time";
import type { ListedPasskey } from "@/features/passkey/data";
import { timeAgo } from "@/lib/time-ago";
import { removePasskeyAction } from "../actions";
import { RenamePasskeyForm } from "./rename-passkey-form";

interface PasskeyItemProps {
  passkey: ListedPasskey;
  /** What the address asks for with it. */
  asked: "rename" | "remove" | null;
  /** Whether nothing else would open the account: then it stays. */
  isLastWayIn: boolean;
  now: Date;
}

export async function PasskeyItem({ passkey, asked, isLastWayIn, now }: PasskeyItemProps) {
  const { id, name, backedUp, createdAt } = passkey;
  if (asked === "rename") {
    return (
      <li className="py-4">
        <RenamePasskeyForm words={await getWords("security.passkeys.renameForm")} id={id} name={name} />
      </li>
    );
  }
  const t = await getTranslations("security");
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="mt-1 text-[0.9375rem] text-muted">
          {backedUp ? t("passkeys.synced") : t("passkeys.onOneDevice")}
        </p>
        <p className="text-[0.9375rem] text-muted">
          {t.rich("passkeys.added", { at: () => <LocalTime at={createdAt.toISOString()} /> })}
        </p>
        <p className="text-[0.9375rem] text-muted">
          <LastUse passkey={passkey} now={now} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <LinkButton
          href={`/settings/security?rename-passkey=${id}#passkeys`}
          variant="secondary"
          aria-label={t("passkeys.renameNamed", { name })}
        >
          {t("passkeys.rename")}
        </LinkButton>
        {!isLastWayIn && (
          <ConfirmDialog
            label={t("passkeys.remove")}
            fullLabel={t("passkeys.removeNamed", { name })}
            title={t("passkeys.removeTitle", { name })}
            confirmLabel={t("passkeys.removeConfirm")}
            action={removePasskeyAction}
            fields={{ id }}
            href={`/settings/security?remove-passkey=${id}#passkeys`}
            closedHref="/settings/security#passkeys"
            asked={asked === "remove"}
          >
            {t("passkeys.removeText")}
          </ConfirmDialog>
        )}
      </div>
      {isLastWayIn && <p className="w-full text-[0.9375rem] text-muted">{t("passkeys.onlyWayIn")}</p>}
    </li>
  );
}

async function LastUse({ passkey: { lastUsedAt }, now }: Pick<PasskeyItemProps, "passkey" | "now">) {
  const t = await getTranslations("security");
  if (!lastUsedAt) return t("passkeys.unused");
  const ago = timeAgo(await getTranslations("account"), lastUsedAt, now);
  return t.rich("passkeys.used", { ago: () => <LocalTime at={lastUsedAt.toISOString()}>{ago}</LocalTime> });
}
