"use client";

import { Button } from "./button";
import { buttonStyle } from "./button-style";
import { useComponentWords } from "./component-words";
import { PlainPage } from "./plain-page";

interface BrokenPageProps {
  error: unknown;
  retry: () => void;
}

/**
 * Something broke. Of the error only its digest is shown, which finds the entry in the server's log; its message may
 * hold what no visitor should read.
 */
export function BrokenPage({ error, retry }: BrokenPageProps) {
  const all = useComponentWords();
  const words = all.broken;
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return (
    <PlainPage
      title={words.title}
      words={all}
      text={
        <>
          <p>{words.text}</p>
          {typeof digest === "string" && (
            <p className="mt-3 text-sm">
              {words.reference} <code className="font-mono text-foreground">{digest}</code>
            </p>
          )}
        </>
      }
    >
      <Button variant="primary" onClick={retry}>
        {words.again}
      </Button>
      {/* A full load on purpose: the router's state is what may be broken. */}
      <a href="/" className={buttonStyle("secondary")}>
        {words.start}
      </a>
    </PlainPage>
  );
}
