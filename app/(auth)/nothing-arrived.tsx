import type { ReactNode } from "react";

import { getTranslations } from "@/app/_request/translations";

/** What to do when a mail doesn't come, folded away until somebody asks; with the form that asks for another one. */
export async function NothingArrived({ children }: { children: ReactNode }) {
  const t = await getTranslations("auth");
  return (
    <details className="group border-t border-border pt-5">
      <summary className="cursor-pointer rounded-md text-[0.9375rem] font-medium text-accent">
        {t("nothingArrived.title")}
      </summary>
      <p className="mt-2 mb-5 text-[0.9375rem] text-muted">{t("nothingArrived.text")}</p>
      {children}
    </details>
  );
}
