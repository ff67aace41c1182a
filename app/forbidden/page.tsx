import type { Metadata } from "next";

import { getTranslations, getWords } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { PlainPage } from "@/components/plain-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("forbidden.metaTitle") };
}

export default async function Forbidden() {
  const t = await getTranslations("site");
  return (
    <PlainPage title={t("forbidden.title")} text={t("forbidden.text")} words={await getWords("components")}>
      <LinkButton href="/dashboard">{t("forbidden.dashboard")}</LinkButton>
    </PlainPage>
  );
}
