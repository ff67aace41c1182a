import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import { findOwnSignIn } from "@/features/activity/list-activity";
import { EventPlace } from "../activity/activity-list";
import { reportAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("report.title") };
}

const PAGE = "/settings/security/report";

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ReportPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { session: asked } = await searchParams;
  const id = typeof asked === "string" ? asked : "";
  const { user, session } = await requireSession(id ? `${PAGE}?session=${encodeURIComponent(id)}` : PAGE);
  const signIn = await findOwnSignIn(await getTranslations("account"), user.id, id);
  const t = await getTranslations("security");
  return (
    <>
      <h1 className="text-3xl leading-tight">{t("report.title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("report.intro")}</p>
      <Card title={t("report.next")}>
        {signIn && (
          <div className="mb-4 rounded-control border border-border px-4 py-3">
            <p className="font-medium">
              {signIn.sessionId === session.id ? t("report.thisSession") : t("report.thisSignIn")}
            </p>
            <EventPlace event={signIn} />
          </div>
        )}
        <ul className="list-disc space-y-2 ps-5">
          <li>{t("report.sessionsEnd")}</li>
          <li>{t("report.trustEnds")}</li>
          <li>{t("report.movesStop")}</li>
          <li>{t("report.signInAgain")}</li>
        </ul>
        <p className="mt-4 text-muted">{t("report.kept")}</p>
        <form action={reportAction} className="mt-6 flex flex-wrap gap-3">
          <input type="hidden" name="session" value={signIn?.sessionId ?? ""} />
          <SubmitButton>{t("report.submit")}</SubmitButton>
          <LinkButton href="/settings/security" variant="secondary">
            {t("report.cancel")}
          </LinkButton>
        </form>
      </Card>
    </>
  );
}
