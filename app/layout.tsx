import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

import { getLanguage, getTranslations, getWords } from "@/app/_request/translations";
import { brand } from "@/brand";
import { ComponentWords } from "@/components/component-words";
import { directionOf } from "@/lib/i18n/languages";
import "./globals.css";

/**
 * Every page is rendered for its request: the content security policy names a new nonce each time, and a page made
 * at build time could not carry it.
 */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: `${brand.name} · ${brand.tagline}`, template: `%s · ${brand.name}` },
  description: brand.description,
  applicationName: brand.name,
  // Links in mails carry one-time tokens in their query; no other site is told them.
  referrer: "same-origin",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f7f4" },
    { media: "(prefers-color-scheme: dark)", color: "#101315" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const language = await getLanguage();
  const t = await getTranslations("components");
  return (
    <html lang={language} dir={directionOf(language)}>
      <body className="flex min-h-dvh flex-col antialiased">
        <a
          href="#main"
          className="fixed top-3 start-3 z-50 -translate-y-20 rounded-control bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
        >
          {t("skipToContent")}
        </a>
        <ComponentWords language={language} words={await getWords("components")}>
          {children}
        </ComponentWords>
      </body>
    </html>
  );
}
