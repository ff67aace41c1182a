import type { ReactNode } from "react";

import type { Words } from "@/lib/i18n/messages";
import { SiteFooter } from "./site-footer";
import { SiteHeader } from "./site-header";

interface PlainPageProps {
  title: string;
  text: ReactNode;
  words: Words<"components">;
  children: ReactNode;
}

/** A page that says one thing and offers a way on: not found, something broke. */
export function PlainPage({ title, text, words, children }: PlainPageProps) {
  return (
    <>
      <SiteHeader />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-lg flex-1 px-5 py-16 text-center outline-none sm:py-24"
      >
        <h1 className="text-3xl leading-tight">{title}</h1>
        <div className="mt-3 mb-8 text-muted">{text}</div>
        <div className="flex flex-wrap justify-center gap-3">{children}</div>
      </main>
      <SiteFooter words={words} />
    </>
  );
}
