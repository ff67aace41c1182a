"use client";

import { createContext, type ReactNode, useContext } from "react";

import type { Language } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/messages";

const ComponentWordsContext = createContext<Words<"components"> | null>(null);
const PageLanguage = createContext<Language>("en");

interface ComponentWordsProps {
  language: Language;
  words: Words<"components">;
  children: ReactNode;
}

/** What the components say by themselves, such as the eye of a password field, in the language of the page. */
export function ComponentWords({ language, words, children }: ComponentWordsProps) {
  return (
    <PageLanguage value={language}>
      <ComponentWordsContext value={words}>{children}</ComponentWordsContext>
    </PageLanguage>
  );
}

/** The words of the components. The root layout gives them. */
export function useComponentWords(): Words<"components"> {
  const words = useContext(ComponentWordsContext);
  if (!words) throw new Error("A component has no words: <ComponentWords> has to stand around it.");
  return words;
}

/** The language of the page, for what the browser writes by itself, such as dates. */
export function usePageLanguage(): Language {
  return useContext(PageLanguage);
}
