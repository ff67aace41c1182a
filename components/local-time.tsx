"use client";

import { createContext, type ReactNode, useContext } from "react";

import { formatMoment, type TimePreferences } from "@/lib/format-moment";
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
  const hydrated = useHydrated();
  const exact = hydrated ? inBrowser(new Date(at), preferences) : formatMoment(new Date(at), preferences);
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

function inBrowser(at: Date, { locale, timeZone }: TimePreferences): string {
  if (timeZone !== null) return formatMoment(at, { locale: locale ?? navigator.language, timeZone });
  return new Intl.DateTimeFormat(locale ?? undefined, FORMAT).format(at);
}
