import type { Metadata } from "next";

import { KeptList } from "@/app/_kept/kept-list";
import { requireSession } from "@/app/_request/session";
import { getLanguage, getTranslations } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { EXPORT_MAX_AGE_SECONDS } from "@/features/account-export/policy";
import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { addSeconds, epochSeconds, systemClock } from "@/lib/clock";
import { durationInWords } from "@/lib/duration-in-words";
import { ExportLink } from "./export-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("privacy.title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function PrivacyPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { session } = await requireSession("/settings/privacy");
  const confirmed = (await searchParams)["confirmed"] === "1";
  const provenAt = new Date(session.authTime);
  const isRecent = authenticatedWithin(epochSeconds(provenAt), EXPORT_MAX_AGE_SECONDS, systemClock());
  const openUntil = isRecent ? addSeconds(provenAt, EXPORT_MAX_AGE_SECONDS).toISOString() : null;
  const t = await getTranslations("account");
  const language = await getLanguage();

  return (
    <>
      <h1 className="text-3xl leading-tight">{t("privacy.title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("privacy.intro")}</p>
      <div className="flex flex-col gap-6">
        {confirmed && isRecent && <ArrivalMessage tone="success">{t("privacy.confirmed")}</ArrivalMessage>}
        <Card title={t("privacy.data.title")}>
          <p className="mb-5 text-muted">
            {openUntil === null ? t("privacy.data.textBeforeConfirming") : t("privacy.data.text")}
          </p>
          <ExportLink openUntil={openUntil}>{t("privacy.data.download")}</ExportLink>
        </Card>
        <Card title={t("privacy.keptTitle")}>
          <KeptList language={language} />
        </Card>
        <Card title={t("privacy.delete.title")}>
          <p className="mb-5 text-muted">
            {t("privacy.delete.text", { duration: durationInWords(RETENTION_SECONDS.deletedAccounts, language) })}
          </p>
          <LinkButton href="/settings/privacy/delete" variant="secondary">
            {t("privacy.delete.link")}
          </LinkButton>
        </Card>
      </div>
    </>
  );
}
