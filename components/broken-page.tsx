"use client";

import { Button } from "./button";
import { buttonStyle } from "./button-style";
import { PlainPage } from "./plain-page";

/**
 * Something broke. Of the error only its digest is shown, which finds the entry in the server's log; its message may
 * hold what no visitor should read.
 */
export function BrokenPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return (
    <PlainPage
      title="Something broke on our side"
      text={
        <>
          <p>Nothing you did is to blame. Try again in a moment; you are still signed in if you were.</p>
          {typeof digest === "string" && (
            <p className="mt-3 text-sm">
              Reference <code className="font-mono text-foreground">{digest}</code>
            </p>
          )}
        </>
      }
    >
      <Button variant="primary" onClick={retry}>
        Try again
      </Button>
      {/* A full load on purpose: the router's state is what may be broken. */}
      <a href="/" className={buttonStyle("secondary")}>
        To the start page
      </a>
    </PlainPage>
  );
}
