"use client";

import { createContext, type ReactNode, useContext } from "react";

import { formatMoment, type TimePreferences } from "@/lib/format-moment";
import type { Language } from "@/lib/i18n/languages";
import { usePageLanguage } from "./component-words";
import { useHydrated } from "./use-hydrated";

const FORMAT: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };

const Preferences = createContext<TimePreferences>({ locale: null, timeZone: null });

/** Tells the times below it how their reader wants them. */
export function TimePreferencesProvider({ value, children }: { value: TimePreferences; children: ReactNode }) {
  return <Preferences value={value}>{children}</Preferences>;
}

/**
 * A point in time as its reader wants it, or else as their browser's clock shows it. The server does not know that clock,
 * so its HTML says UTC and the browser puts it right.
 *
 * @param props.at - ISO 8601.
 * @param props.children - Words for it, such as "3 hours ago": the time itself is then told to whoever points at them.
 */
export function LocalTime({ at, children }: { at: string; children?: string }) {
  const preferences = useContext(Preferences);
  const language = usePageLanguage();
  const hydrated = useHydrated();
  const exact = hydrated
    ? inBrowser(new Date(at), preferences, language)
    : onServer(new Date(at), preferences, language);
  return (
    // The server's tables of languages can differ from the browser's by a space; the browser's word is the last.
    <time
      dateTime={at}
      title={children && exact}
      lang={children ? undefined : (preferences.locale ?? undefined)}
      suppressHydrationWarning
    >
      {children ?? exact}
    </time>
  );
}

function onServer(at: Date, { locale, timeZone }: TimePreferences, language: Language): string {
  return formatMoment(at, { locale: locale ?? (language === "en" ? null : language), timeZone });
}

function inBrowser(at: Date, { locale, timeZone }: TimePreferences, language: Language): string {
  const spoken = locale ?? variantOf(language);
  if (timeZone !== null) return formatMoment(at, { locale: spoken, timeZone });
  return new Intl.DateTimeFormat(spoken, FORMAT).format(at);
}

/** The browser's own variant of the page's language, such as `de-AT`: a sentence isn't given a date in another language. */
function variantOf(language: Language): string {
  return navigator.language.split("-")[0] === language ? navigator.language : language;
}
