import { getTranslations } from "@/app/_request/translations";
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

export function PasskeyItem({ passkey, asked, isLastWayIn, now }: PasskeyItemProps) {
  const { id, name, backedUp, createdAt } = passkey;
  if (asked === "rename") {
    return (
      <li className="py-4">
        <RenamePasskeyForm id={id} name={name} />
      </li>
    );
  }
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{name}</p>
        <p className="mt-1 text-[0.9375rem] text-muted">
          {backedUp ? "Synced between your devices" : "Only on the device that it was made on"}
        </p>
        <p className="text-[0.9375rem] text-muted">
          Added <LocalTime at={createdAt.toISOString()} />
        </p>
        <p className="text-[0.9375rem] text-muted">
          <LastUse passkey={passkey} now={now} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <LinkButton
          href={`/settings/security?rename-passkey=${id}#passkeys`}
          variant="secondary"
          aria-label={`Rename ${name}`}
        >
          Rename
        </LinkButton>
        {!isLastWayIn && (
          <ConfirmDialog
            label="Remove"
            fullLabel={`Remove ${name}`}
            title={`Remove ${name}?`}
            confirmLabel="Remove passkey"
            action={removePasskeyAction}
            fields={{ id }}
            href={`/settings/security?remove-passkey=${id}#passkeys`}
            closedHref="/settings/security#passkeys"
            asked={asked === "remove"}
          >
            It stops opening your account at once, and we write you a mail about it. Your device goes on offering it
            until you delete it there too.
          </ConfirmDialog>
        )}
      </div>
      {isLastWayIn && (
        <p className="w-full text-[0.9375rem] text-muted">
          It is the only way in to your account, so that it can't be removed. Add another one first.
        </p>
      )}
    </li>
  );
}

async function LastUse({ passkey: { lastUsedAt }, now }: Pick<PasskeyItemProps, "passkey" | "now">) {
  if (!lastUsedAt) return "Not used yet";
  return (
    <>
      Last used{" "}
      <LocalTime at={lastUsedAt.toISOString()}>{timeAgo(await getTranslations("account"), lastUsedAt, now)}</LocalTime>
    </>
  );
}
