import { getTranslations } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { findSignInMethods } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";

interface PasswordCardProps {
  userId: UserId;
  /** From the address: `changed` or `set` when that was just done. Unverified. */
  done: unknown;
}

/** Whether there is a password, and the way to change or set it. */
export async function PasswordCard({ userId, done }: PasswordCardProps) {
  const { password: hasPassword } = await findSignInMethods(userId);
  const t = await getTranslations("security");
  return (
    <>
      {(done === "changed" || done === "set") && (
        <ArrivalMessage tone="success">{t(`passwordCard.done.${done}`)}</ArrivalMessage>
      )}
      <Card title={t("passwordCard.title")}>
        <p className="mb-5 text-muted">{hasPassword ? t("passwordCard.has") : t("passwordCard.none")}</p>
        <LinkButton href="/settings/security/password" variant="secondary">
          {hasPassword ? t("passwordCard.change") : t("passwordCard.set")}
        </LinkButton>
      </Card>
    </>
  );
}
