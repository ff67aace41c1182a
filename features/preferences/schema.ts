import * as z from "zod";

import { LOCALES, TIME_ZONES } from "./policy";

/** How a person wants dates and times; null each: as their browser says. */
export const TimePreferencesSchema = z.strictObject({
  locale: z.enum(LOCALES, "Choose a language of the list.").nullable(),
  timeZone: z
    .string()
    .refine((zone) => TIME_ZONES.includes(zone), "Choose a time zone of the list.")
    .nullable(),
});
