import type { Metadata } from "next";

import { requireRecentAuthentication } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import { TextLink } from "@/components/text-link";
import { FEW_CODES } from "@/features/recovery-code/policy";
import { describeFactor } from "@/features/second-factor/describe-factor";
import { drawQrCode } from "@/features/totp/draw-qr-code";
import { findEnrolment } from "@/features/totp/find-enrolment";
import { CHANGE_FACTOR_MAX_AGE_SECONDS } from "@/features/totp/policy";
import { keyUri } from "@/features/totp/totp";
import { systemClock } from "@/lib/clock";
import { FactorForm } from "./factor-form";
import { ManageFactor } from "./manage-factor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("secondFactor.title") };
}

const PAGE = "/settings/security/second-factor";

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SecondFactorSettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user } = await requireRecentAuthentication(CHANGE_FACTOR_MAX_AGE_SECONDS, PAGE);
  const query = await searchParams;
  const now = systemClock();
  const factor = await describeFactor(user.id, now);
  const codesLeft = factor?.codesLeft ?? 0;
  const enrolment = factor ? null : await findEnrolment(user.id, now);

  const t = await getTranslations("security");
  return (
    <>
      <p className="mb-3 text-[0.9375rem]">
        <TextLink href="/settings/security">{t("title")}</TextLink>
      </p>
      <h1 className="text-3xl leading-tight">{t("secondFactor.title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("secondFactor.intro")}</p>
      <div className="flex flex-col gap-6">
        {query["off"] === "1" && !factor && (
          <ArrivalMessage tone="success">{t("secondFactor.turnedOff")}</ArrivalMessage>
        )}
        {query["revoked"] === "1" && <ArrivalMessage tone="success">{t("secondFactor.trustRevoked")}</ArrivalMessage>}
        <FactorForm
          words={await getWords("security.secondFactor.form")}
          refusalWords={await getWords("rules.codeRefusals")}
          on={factor !== null}
          codesLeft={t("secondFactor.codesLeft", { count: codesLeft, few: codesLeft < FEW_CODES ? "yes" : "no" })}
          setUp={enrolment && { secret: enrolment.secret, qrCode: drawQrCode(keyUri(enrolment.secret, user.email)) }}
        />
        {factor && <ManageFactor factor={factor} now={now} />}
      </div>
    </>
  );
}
