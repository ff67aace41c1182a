import type { ReactNode } from "react";

interface FilledSentenceProps {
  /** With `{name}` in it, wherever its language wants that. */
  sentence: string;
  name: string;
  /** What stands there, such as a time that only the browser knows how to write. */
  children: ReactNode;
}

/** A sentence with an element in it, in the browser: see `fill` for plain values. */
export function FilledSentence({ sentence, name, children }: FilledSentenceProps) {
  const [before, after] = sentence.split(`{${name}}`);
  return (
    <>
      {before}
      {children}
      {after}
    </>
  );
}
