import type { Metadata } from "next";

import { getWords } from "@/app/_request/translations";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { SoftNavigation } from "@/components/soft-navigation";
import { Controls } from "./controls";
import { Fields } from "./fields";
import { Messages } from "./messages";
import { Pictures } from "./pictures";
import { requireDevelopment } from "./require-development";
import { Tokens } from "./tokens";

export async function generateMetadata(): Promise<Metadata> {
  await requireDevelopment();
  return { title: "Components", robots: { index: false, follow: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Every component in every state, in the colours of brand.ts: to look at after a change of either. */
export default async function ComponentsPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireDevelopment();
  const { confirm } = await searchParams;
  return (
    <div lang="en" dir="ltr">
      <SiteHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl px-5 pt-4 pb-16 outline-none sm:px-8">
        <h1 className="text-3xl leading-tight">Components</h1>
        <p className="mt-2 text-muted">
          What pages are made of, in every state. It is here in development alone. Change brand.ts or app/globals.css,
          and look.
        </p>
        <Tokens />
        <Controls asked={confirm === "example"} />
        <Fields />
        <Messages />
        <Pictures />
        <SoftNavigation />
      </main>
      <SiteFooter words={await getWords("components")} />
    </div>
  );
}
