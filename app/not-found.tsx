import type { Metadata } from "next";

import { getTranslations } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { SiteHeader } from "@/components/site-header";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("notFound.metaTitle") };
}

/** Next sends what this file shows along with every page, in case, and twice: so it has no more than it needs. */
export default async function NotFound() {
  const t = await getTranslations("site");
  return (
    <>
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto max-w-lg px-5 py-16 text-center outline-none sm:py-24">
        <h1 className="text-3xl leading-tight">{t("notFound.title")}</h1>
        <p className="mt-3 mb-8 text-muted">{t("notFound.text")}</p>
        <LinkButton href="/">{t("notFound.start")}</LinkButton>
      </main>
    </>
  );
}
