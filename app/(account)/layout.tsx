import { SessionProvider } from "next-auth/react";
import type { ReactNode } from "react";

import { getSession } from "@/app/_request/session";
import { TimePreferencesProvider } from "@/components/local-time";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { mustAgree } from "@/features/terms/must-agree";
import { NavLink } from "./nav-link";
import { ReconnectBanner } from "./reconnect-banner";
import { TermsBanner } from "./terms-banner";
import { UserMenu } from "./user-menu";

const NAVIGATION = [
  { href: "/dashboard", label: "Dashboard" },
  { href: "/profile", label: "Profile" },
  { href: "/settings", label: "Settings" },
];

/** The frame of the signed-in pages. It guards nothing: each page asks for the session itself, close to what it shows. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  return (
    <SessionProvider session={session}>
      <TimePreferencesProvider value={session?.preferences ?? { locale: null, timeZone: null }}>
        <div className="border-b border-border bg-surface">
          <SiteHeader>
            <div className="flex items-center gap-2">
              <nav aria-label="Main" className="hidden sm:block">
                <ul className="flex">
                  {NAVIGATION.map(({ href, label }) => (
                    <li key={href}>
                      <NavLink href={href}>{label}</NavLink>
                    </li>
                  ))}
                </ul>
              </nav>
              <UserMenu />
            </div>
          </SiteHeader>
        </div>
        {session && mustAgree(session.termsVersion) && <TermsBanner isNew={session.termsVersion === null} />}
        <ReconnectBanner session={session} />
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-5 pt-10 pb-16 outline-none sm:px-8">
          {children}
        </main>
        <SiteFooter />
      </TimePreferencesProvider>
    </SessionProvider>
  );
}
