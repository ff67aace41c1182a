"use client";

import { useHydrated } from "./use-hydrated";

const FORMAT: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };

/**
 * A point in time as its reader's clock shows it. The server does not know their time zone, so its HTML says UTC and
 * the browser puts it right.
 *
 * @param props.at - ISO 8601.
 * @param props.children - Words for it, such as "3 hours ago": the time itself is then told to whoever points at them.
 */
export function LocalTime({ at, children }: { at: string; children?: string }) {
  const hydrated = useHydrated();
  const date = new Date(at);
  const exact = hydrated
    ? new Intl.DateTimeFormat(undefined, FORMAT).format(date)
    : `${new Intl.DateTimeFormat("en-GB", { ...FORMAT, timeZone: "UTC" }).format(date)} UTC`;
  return (
    <time dateTime={at} title={children && exact}>
      {children ?? exact}
    </time>
  );
}
