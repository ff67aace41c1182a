"use client";

import "./globals.css";

/**
 * Stands in for the root layout when that one broke, so it brings its own document, and can't know the reader's language. Each
 * page brings this file along: it needs nothing that could be missing, and is as small as can be.
 */
export default function GlobalErrorPage({ error }: { error: unknown }) {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return (
    <html lang="en">
      <body>
        <title>Something broke</title>
        <main className="mx-auto max-w-lg px-5 py-16 text-center sm:py-24">
          <h1 className="text-3xl">Something broke on our side</h1>
          <p className="my-3 text-muted">Nothing you did is to blame. Try again in a moment.</p>
          {typeof digest === "string" && (
            <p className="mb-3 text-sm text-muted">
              Reference <code>{digest}</code>
            </p>
          )}
          {/* A full load on purpose: the router's state is what may be broken. */}
          <a href="/" className="font-medium text-accent underline">
            To the start page
          </a>
        </main>
      </body>
    </html>
  );
}
