import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { endOtherSessionsAction } from "./actions";

/** Ends all other sessions, at once: whoever does that may be in a hurry, so that nothing is left to be taken back. */
export async function EndOthersCard({ others, asked }: { others: number; asked: boolean }) {
  const t = await getTranslations("account");
  return (
    <Card title={t("sessions.others.title")}>
      <p className="mb-5 text-muted">{t("sessions.others.text")}</p>
      <ConfirmDialog
        label={t("sessions.others.label")}
        title={t("sessions.others.question", { count: others })}
        confirmLabel={t("sessions.others.confirm", { count: others })}
        action={endOtherSessionsAction}
        href="/settings/sessions?confirm=others"
        closedHref="/settings/sessions"
        asked={asked}
      >
        {t("sessions.others.consequence")}
      </ConfirmDialog>
    </Card>
  );
}
