import type { Metadata } from "next";
import type { ReactNode } from "react";

import { SiteHeader } from "@/components/site-header";
import { requireMailboxDirectory } from "./mailbox-directory";

export async function generateMetadata(): Promise<Metadata> {
  await requireMailboxDirectory();
  return {
    title: { default: "Development mailbox", template: "%s · Development mailbox" },
    robots: { index: false, follow: false },
  };
}

/** Asks for the mailbox itself, so that without one not even this frame is in the answer. */
export default async function MailboxLayout({ children }: { children: ReactNode }) {
  await requireMailboxDirectory();
  return (
    <>
      <aside
        aria-label="About this page"
        className="border-border border-b bg-accent-soft px-5 py-2.5 text-center text-sm"
      >
        <strong>Development mailbox</strong> – every mail that the app sends on this machine lands here. It does not
        exist in production.
      </aside>
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-3xl flex-1 px-5 pt-4 pb-16 outline-none sm:px-8">
        {children}
      </main>
    </>
  );
}
