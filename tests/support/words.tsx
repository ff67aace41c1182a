import { render } from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";

import { ComponentWords } from "@/components/component-words";
import { type Place, type Words, wordsAt } from "@/lib/i18n/messages";
import english from "@/messages/en";

/** The English words of a place, as a page gives them to a form. */
export function englishWords<Path extends Place>(path: Path): Words<Path> {
  return wordsAt(english, path);
}

/** Stands where the root layout stands: the components below it speak English. */
export function EnglishComponents({ children }: { children: ReactNode }) {
  return (
    <ComponentWords language="en" words={english.components}>
      {children}
    </ComponentWords>
  );
}

/** Renders components that have words of their own. */
export function renderInEnglish(element: ReactElement) {
  return render(element, { wrapper: EnglishComponents });
}
