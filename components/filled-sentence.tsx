import type { ReactNode } from "react";

interface FilledSentenceProps {
  /** With `{placeholder}` in it, wherever its language wants that. */
  sentence: string;
  placeholder: string;
  /** What stands there, such as a time that only the browser knows how to write. */
  children: ReactNode;
}

/** A sentence with an element in it, in the browser: see `fill` for plain values. */
export function FilledSentence({ sentence, placeholder, children }: FilledSentenceProps) {
  const [before, after] = sentence.split(`{${placeholder}}`);
  return (
    <>
      {before}
      {children}
      {after}
    </>
  );
}
