import type { Metadata } from "next";

import { getTranslations, getWords } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { PlainPage } from "@/components/plain-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("unavailable.metaTitle") };
}

export default async function Unavailable() {
  const t = await getTranslations("site");
  return (
    <PlainPage title={t("unavailable.title")} text={t("unavailable.text")} words={await getWords("components")}>
      <LinkButton href="/dashboard">{t("unavailable.again")}</LinkButton>
    </PlainPage>
  );
}
