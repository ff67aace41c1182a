import type { Metadata } from "next";

import { getTranslations } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { AuthCard } from "../auth-card";
import { explain } from "./explanations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("authError.documentTitle"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function AuthErrorPage({ searchParams }: { searchParams: Promise<Query> }) {
  const t = await getTranslations("auth");
  const { text, wayOut } = explain((await searchParams)["error"]);
  return (
    <AuthCard
      title={t(`authError.explanations.${text}.title`)}
      intro={t(`authError.explanations.${text}.text`)}
      footer={t.rich("authError.orStart", { start: (label) => <TextLink href="/">{label}</TextLink> })}
    >
      <LinkButton href={wayOut.href} wide>
        {t(`authError.waysOut.${wayOut.label}`)}
      </LinkButton>
    </AuthCard>
  );
}
