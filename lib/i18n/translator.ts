import { createTranslator } from "use-intl/core";

import type { Language } from "./languages";
import { type Messages, messagesIn } from "./messages";

/** An area of the sentences: a file in `messages/<language>/`. */
export type Area = keyof Messages;

/**
 * Says a sentence of one area in one language: `t("signIn.title")`, `t("limit.wait", { minutes: 3 })`. Sentences are written
 * in ICU MessageFormat.
 *
 * @see https://unicode-org.github.io/icu/userguide/format_parse/messages/
 */
export type Translator<Name extends Area> = ReturnType<typeof createTranslator<Messages, Name>>;

// A translator keeps the sentences that it has parsed, so each is made once and kept.
const kept = new Map<string, Promise<unknown>>();

/** What says the sentences of an area in this language. Throws in it are for what the sentence needs and wasn't given. */
export function translatorFor<Name extends Area>(language: Language, area: Name): Promise<Translator<Name>> {
  const key = `${language} ${area}`;
  const found = (kept.get(key) ?? makeTranslator(language, area)) as Promise<Translator<Name>>;
  kept.set(key, found);
  return found;
}

async function makeTranslator<Name extends Area>(language: Language, area: Name): Promise<Translator<Name>> {
  return translatorOf(language, await messagesIn(language), area);
}

/** What says the sentences of an area out of these messages. */
export function translatorOf<Name extends Area>(language: Language, messages: Messages, area: Name): Translator<Name> {
  return createTranslator<Messages, Name>({
    locale: language,
    messages,
    // `never` is what the library calls "all of them".
    namespace: area as never,
    timeZone: "UTC",
    onError(error) {
      throw error;
    },
  }) as Translator<Name>;
}
