import type { ReactNode } from "react";

import { LanguageChooser } from "@/app/_language/language-chooser";
import { getWords } from "@/app/_request/translations";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";

/** A page to read, open to everybody. */
export default async function LegalLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-2xl flex-1 px-5 pt-6 pb-16 outline-none sm:px-8 sm:pt-12"
      >
        {/* What people agree to is one text, which the people who run the site answer for: it is not translated. */}
        <div lang="en" dir="ltr">
          {children}
        </div>
      </main>
      <SiteFooter words={await getWords("components")}>
        <LanguageChooser />
      </SiteFooter>
    </>
  );
}
