import { SessionProvider } from "next-auth/react";
import type { ReactNode } from "react";

import { getSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { TimePreferencesProvider } from "@/components/local-time";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { SoftNavigation } from "@/components/soft-navigation";
import { sessionLifetimes, warningSeconds } from "@/features/session/policy";
import { mustAgree } from "@/features/terms/must-agree";
import { ExpiryWatch } from "./_expiry/expiry-watch";
import { signOutAction } from "./actions";
import { NavLink } from "./nav-link";
import { ReconnectBanner } from "./reconnect-banner";
import { TermsBanner } from "./terms-banner";
import { UserMenu } from "./user-menu";

const NAVIGATION = ["dashboard", "profile", "settings"] as const;

/** The frame of the signed-in pages. It guards nothing: each page asks for the session itself, close to what it shows. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  const t = await getTranslations("account");
  return (
    <SessionProvider session={session}>
      <TimePreferencesProvider value={session?.preferences ?? { locale: null, timeZone: null }}>
        <div className="border-b border-border bg-surface">
          <SiteHeader>
            <div className="flex items-center gap-2">
              <nav aria-label={t("navigation")} className="hidden sm:block">
                <ul className="flex">
                  {NAVIGATION.map((page) => (
                    <li key={page}>
                      <NavLink href={`/${page}`}>{t(`menu.${page}`)}</NavLink>
                    </li>
                  ))}
                </ul>
              </nav>
              <UserMenu words={await getWords("account.menu")} />
            </div>
          </SiteHeader>
        </div>
        {session && mustAgree(session.termsVersion) && <TermsBanner isNew={session.termsVersion === null} />}
        <ReconnectBanner session={session} />
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-5 pt-10 pb-16 outline-none sm:px-8">
          {children}
        </main>
        <SiteFooter words={await getWords("components")} />
        {session && (
          <ExpiryWatch
            userId={session.user.id}
            warningSeconds={warningSeconds(sessionLifetimes())}
            words={await getWords("account.expiry")}
            signOut={signOutAction}
          />
        )}
        <SoftNavigation />
      </TimePreferencesProvider>
    </SessionProvider>
  );
}
