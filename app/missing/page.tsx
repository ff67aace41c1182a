import type { Metadata } from "next";

import { getTranslations, getWords } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { PlainPage } from "@/components/plain-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("notFound.metaTitle") };
}

/** What the gate shows in place of a page that there is not. */
export default async function Missing() {
  const t = await getTranslations("site");
  return (
    <PlainPage title={t("notFound.title")} text={t("notFound.text")} words={await getWords("components")}>
      <LinkButton href="/">{t("notFound.start")}</LinkButton>
    </PlainPage>
  );
}
