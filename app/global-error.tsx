"use client";

import { brand } from "@/brand";
import { BrokenPage } from "@/components/broken-page";
import "./globals.css";

/** Stands in for the root layout when that one broke, so it brings its own document. */
export default function GlobalErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col antialiased">
        <title>{`Something broke · ${brand.name}`}</title>
        <BrokenPage error={error} retry={retry} />
      </body>
    </html>
  );
}
