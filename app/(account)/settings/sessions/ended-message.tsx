import { getTranslations } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import type { UserId } from "@/features/account/user-id";
import { describeEndedSession } from "@/features/session-overview/describe-ended-session";

interface EndedMessageProps {
  /** From the address: the id of the session that was ended, `others`, or `before`. Unverified. */
  ended: unknown;
  userId: UserId;
}

/** Says what was just ended. Of an id that isn't one of the person's own ended sessions it says nothing. */
export async function EndedMessage({ ended, userId }: EndedMessageProps) {
  if (typeof ended !== "string") return null;
  const t = await getTranslations("account");
  if (ended === "before") return <ArrivalMessage tone="info">{t("sessions.ended.before")}</ArrivalMessage>;
  if (ended === "others") return <ArrivalMessage tone="success">{t("sessions.ended.others")}</ArrivalMessage>;
  const device = await describeEndedSession(t, userId, ended);
  if (device === null) return null;
  return (
    <ArrivalMessage key={ended} tone="success">
      {t("sessions.ended.one", { device })}
    </ArrivalMessage>
  );
}
