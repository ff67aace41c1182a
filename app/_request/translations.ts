import { cookies, headers } from "next/headers";
import { cache } from "react";

import { languageCookieName } from "@/features/preferences/language-cookie";
import { type Language, languageOfLocale, negotiateLanguage } from "@/lib/i18n/languages";
import { messagesIn, type Place, type Words, wordsAt } from "@/lib/i18n/messages";
import { type Area, type Translator, translatorFor } from "@/lib/i18n/translator";
import { getSession } from "./session";

/** The language to answer in: the person's, or the one chosen in this browser, or what suits the browser best, or the default. */
export const getLanguage = cache(async (): Promise<Language> => {
  const session = await getSession();
  return (
    languageOfLocale(session?.preferences.locale) ??
    languageOfLocale((await cookies()).get(languageCookieName())?.value) ??
    negotiateLanguage((await headers()).get("accept-language"))
  );
});

/** What says the sentences of an area to whoever asks, in a server component or a server action. */
export async function getTranslations<Name extends Area>(area: Name): Promise<Translator<Name>> {
  return translatorFor(await getLanguage(), area);
}

/** The sentences of a place for a client component, which is given them as `words`. */
export async function getWords<Path extends Place>(path: Path): Promise<Words<Path>> {
  return wordsAt(await messagesIn(await getLanguage()), path);
}
