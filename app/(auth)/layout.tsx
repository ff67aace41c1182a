import type { ReactNode } from "react";

import { LanguageChooser } from "@/app/_language/language-chooser";
import { getWords } from "@/app/_request/translations";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-md flex-1 px-4 pt-4 pb-12 outline-none sm:pt-12">
        {children}
      </main>
      <SiteFooter words={await getWords("components")}>
        <LanguageChooser />
      </SiteFooter>
    </>
  );
}
