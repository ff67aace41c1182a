"use client";

import { useHydrated } from "./use-hydrated";

const FORMAT: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };

/**
 * A point in time as its reader's clock shows it. The server does not know their time zone, so its HTML says UTC and
 * the browser puts it right.
 *
 * @param props.at - ISO 8601.
 */
export function LocalTime({ at }: { at: string }) {
  const hydrated = useHydrated();
  const date = new Date(at);
  return (
    <time dateTime={at}>
      {hydrated
        ? new Intl.DateTimeFormat(undefined, FORMAT).format(date)
        : `${new Intl.DateTimeFormat("en-GB", { ...FORMAT, timeZone: "UTC" }).format(date)} UTC`}
    </time>
  );
}
