"use client";

import { brand } from "@/brand";
import { BrokenPage } from "@/components/broken-page";
import components from "@/messages/en/components.json";
import "./globals.css";

/** Stands in for the root layout when that one broke, so it brings its own document, and can't know the reader's language. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col antialiased">
        <title>{`Something broke · ${brand.name}`}</title>
        <BrokenPage words={components.broken} error={error} retry={retry} />
      </body>
    </html>
  );
}
