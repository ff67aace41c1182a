import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getLanguage, getTranslations, getWords } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { listSessions } from "@/features/session-overview/list-sessions";
import { systemClock } from "@/lib/clock";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import { enabledProviders } from "@/providers/enabled-providers";
import { EndOthersCard } from "./end-others-card";
import { EndedMessage } from "./ended-message";
import { EndableSessions } from "./ending/endable-sessions";
import { SessionItem } from "./session-item";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("sessions.title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SessionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user, session } = await requireSession("/settings/sessions");
  const query = await searchParams;
  const now = systemClock();
  const { sessions, total } = await listSessions(user.id, session.id, now);
  const providers = await enabledProviders();
  const others = total - 1;
  const t = await getTranslations("account");

  return (
    <>
      <h1 className="text-3xl leading-tight">{t("sessions.title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("sessions.intro")}</p>
      <div className="flex flex-col gap-6">
        <EndableSessions
          words={await getWords("account.sessions.ending")}
          endedWords={await getWords("account.sessions.ended")}
          notice={<EndedMessage ended={query["ended"]} userId={user.id} />}
        >
          <Card title={t("sessions.list.title")}>
            <ul className="divide-y divide-border">
              {sessions.map((one) => (
                <SessionItem
                  key={one.id}
                  session={one}
                  asked={query["confirm"] === one.id}
                  now={now}
                  providers={providers}
                />
              ))}
            </ul>
            {total > sessions.length && (
              <p className="border-t border-border pt-4 text-muted">
                {t("sessions.list.more", { count: total - sessions.length })}
              </p>
            )}
            {others === 0 ? (
              <p className="border-t border-border pt-4 text-muted">{t("sessions.list.only")}</p>
            ) : (
              <p className="border-t border-border pt-4 text-sm text-muted">
                {t("sessions.list.exactness", {
                  duration: durationInWords(env().SESSION_ACCESS_TTL, await getLanguage()),
                })}
              </p>
            )}
          </Card>
          {others > 0 && <EndOthersCard others={others} asked={query["confirm"] === "others"} />}
        </EndableSessions>
      </div>
    </>
  );
}
