"use client";

import { brand } from "@/brand";
import { BrokenPage } from "@/components/broken-page";
import { ComponentWords } from "@/components/component-words";
import components from "@/messages/en/components.json";
import "./globals.css";

/** Stands in for the root layout when that one broke, so it brings its own document, and can't know the reader's language. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col antialiased">
        <title>{`Something broke · ${brand.name}`}</title>
        <ComponentWords language="en" words={components}>
          <BrokenPage error={error} retry={retry} />
        </ComponentWords>
      </body>
    </html>
  );
}
