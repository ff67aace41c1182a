import type { ReactNode } from "react";

import { getLanguage, getTranslations } from "@/app/_request/translations";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { describeDevice } from "@/features/session-overview/describe-device";
import type { ListedSession } from "@/features/session-overview/list-sessions";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import type { Translator } from "@/lib/i18n/translator";
import { timeAgo } from "@/lib/time-ago";
import type { EnabledProvider } from "@/providers/enabled-providers";
import { methodKeyOf, methodName } from "../../dashboard/sign-in-in-words";
import { endSessionAction } from "./actions";
import { EndableRow, EndButton } from "./ending/endable-row";

interface SessionItemProps {
  session: ListedSession;
  /** Whether the address asks to end it. */
  asked: boolean;
  now: Date;
  providers: readonly EnabledProvider[];
}

export async function SessionItem({ session, asked, now, providers }: SessionItemProps) {
  const { id, current, method, createdAt } = session;
  const t = await getTranslations("account");
  const device = describeDevice(t, session.userAgent);
  const words = endWords(t, device, timeAgo(t, session.lastSeenAt, now));
  const question = {
    ...{ action: endSessionAction, fields: { id }, asked },
    href: `/settings/sessions?confirm=${id}`,
    closedHref: "/settings/sessions",
  };
  return (
    <EndableRow id={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium break-words">{device}</span>
          {current && (
            <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-sm font-medium text-accent">
              {t("sessions.item.current")}
            </span>
          )}
        </p>
        <p className="mt-1 text-[0.9375rem] text-muted">
          <LastUse session={session} now={now} />
        </p>
        <p className="text-[0.9375rem] text-muted">
          {t.rich(`sessions.signedIn.${methodKeyOf(method)}`, {
            provider: methodName(method, providers),
            time: () => <LocalTime at={createdAt.toISOString()} />,
          })}
        </p>
        {current && (
          <p className="mt-2 text-[0.9375rem]">
            <TextLink href="/settings/sessions/details">{t("sessions.item.details")}</TextLink>
          </p>
        )}
      </div>
      {current ? (
        <ConfirmDialog {...signOutWords(t)} {...question} />
      ) : (
        <EndButton {...{ id, device, asked }} label={words.label} fullLabel={words.fullLabel}>
          <ConfirmDialog {...words} {...question} />
        </EndButton>
      )}
    </EndableRow>
  );
}

function signOutWords(t: Translator<"account">) {
  return {
    label: t("sessions.signOut.label"),
    title: t("sessions.signOut.question"),
    children: t("sessions.signOut.consequence"),
    confirmLabel: t("sessions.signOut.confirm"),
  };
}

function endWords(t: Translator<"account">, device: string, ago: string) {
  return {
    label: t("sessions.end.label"),
    fullLabel: t("sessions.end.fullLabel", { device, ago }),
    title: t("sessions.end.question", { device }),
    children: t("sessions.end.consequence"),
    confirmLabel: t("sessions.end.confirm"),
  };
}

/** No more than is known: inside its access window a session is used without a trace in the database. */
async function LastUse({ session, now }: Pick<SessionItemProps, "session" | "now">) {
  const { ip, lastSeenAt } = session;
  const t = await getTranslations("account");
  const place = {
    known: ip === null ? "no" : "yes",
    ip: ip ?? "",
    bdi: (text: ReactNode) => <bdi dir="ltr">{text}</bdi>,
  };
  if (session.current) return t.rich("sessions.item.activeNow", place);
  if (session.recentlyUsed) {
    const duration = durationInWords(env().SESSION_ACCESS_TTL, await getLanguage());
    return t.rich("sessions.item.active", { ...place, duration });
  }
  return t.rich("sessions.item.lastUsed", {
    ...place,
    ago: () => <LocalTime at={lastSeenAt.toISOString()}>{timeAgo(t, lastSeenAt, now)}</LocalTime>,
  });
}
