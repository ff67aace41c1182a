import type { ReactNode } from "react";

import { getTranslations } from "@/app/_request/translations";
import { NavLink } from "../nav-link";

const SECTIONS = ["security", "sessions", "connections", "privacy"] as const;

/** The settings' pages, side by side. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("account");
  return (
    <div className="mx-auto max-w-3xl">
      <nav aria-label={t("menu.settings")} className="-mx-3.5 mb-6">
        <ul className="grid grid-cols-2 sm:flex sm:flex-wrap">
          {SECTIONS.map((section) => (
            <li key={section}>
              <NavLink href={`/settings/${section}`}>{t(`settings.${section}`)}</NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </div>
  );
}
