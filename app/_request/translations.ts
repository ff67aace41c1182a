import { cookies, headers } from "next/headers";
import { cache } from "react";

import { languageCookieName } from "@/features/preferences/language-cookie";
import { revocationFeed } from "@/features/session/revocation-feed";
import { openSessionCookie } from "@/features/session/session-cookie";
import { epochSeconds, systemClock } from "@/lib/clock";
import { type Language, languageOfLocale, negotiateLanguage } from "@/lib/i18n/languages";
import { messagesIn, type Place, type Words, wordsAt } from "@/lib/i18n/messages";
import { type Area, type Translator, translatorFor } from "@/lib/i18n/translator";
import { getSession, sessionCookieValue } from "./session";

/** The language to answer in: the person's, or the one chosen in this browser, or what suits the browser best, or the default. */
export const getLanguage = cache(
  async (): Promise<Language> =>
    languageOfLocale(await ownLocale()) ??
    languageOfLocale((await cookies()).get(languageCookieName())?.value) ??
    negotiateLanguage((await headers()).get("accept-language")),
);

/**
 * The locale of whoever is signed in. Inside its access window the cookie's word is enough, unless they changed theirs since: who is
 * told that the database is away must not wait for it once more.
 */
async function ownLocale(): Promise<string | null | undefined> {
  const now = systemClock();
  const claims = openSessionCookie(await sessionCookieValue(), now);
  if (!claims || claims.win <= epochSeconds(now)) return null;
  switch (revocationFeed().verdict(claims).kind) {
    case "nothing":
      return claims.locale;
    case "claims_changed":
      return (await getSession())?.preferences.locale;
    case "ended":
      return null;
  }
}

/** What says the sentences of an area to whoever asks, in a server component or a server action. */
export async function getTranslations<Name extends Area>(area: Name): Promise<Translator<Name>> {
  return translatorFor(await getLanguage(), area);
}

/** The sentences of a place for a client component, which is given them as `words`. */
export async function getWords<Path extends Place>(path: Path): Promise<Words<Path>> {
  return wordsAt(await messagesIn(await getLanguage()), path);
}
