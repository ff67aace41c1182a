import type { ReactNode } from "react";

import { FormMessage } from "@/components/form-message";
import { TERMS_VERSION } from "@/features/terms/policy";
import { versionInWords } from "@/features/terms/version-in-words";

/** A text that people agree to, with the day from which this version applies. Take the notice out with your own text. */
export function LegalText({ title, file, children }: { title: string; file: string; children: ReactNode }) {
  return (
    <>
      <h1 className="text-3xl leading-tight">{title}</h1>
      <p className="mt-2 mb-8 text-muted">
        Version of <time dateTime={TERMS_VERSION}>{versionInWords(TERMS_VERSION)}</time>.
      </p>
      <FormMessage tone="info">
        <p>
          This text came with the template. Whoever runs this site replaces it with their own, in <code>{file}</code>,
          before anybody signs up.
        </p>
      </FormMessage>
      <div className="mt-8 flex flex-col gap-8">{children}</div>
    </>
  );
}

/** One matter of such a text. */
export function Matter({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl leading-tight">{title}</h2>
      {children}
    </section>
  );
}
