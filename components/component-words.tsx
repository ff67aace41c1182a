"use client";

import { createContext, type ReactNode, useContext } from "react";

import type { Words } from "@/lib/i18n/messages";

const ComponentWordsContext = createContext<Words<"components"> | null>(null);

/** What the components say by themselves, such as the eye of a password field, in the language of the page. */
export function ComponentWords({ words, children }: { words: Words<"components">; children: ReactNode }) {
  return <ComponentWordsContext value={words}>{children}</ComponentWordsContext>;
}

/** The words of the components. The root layout gives them. */
export function useComponentWords(): Words<"components"> {
  const words = useContext(ComponentWordsContext);
  if (!words) throw new Error("A component has no words: <ComponentWords> has to stand around it.");
  return words;
}
