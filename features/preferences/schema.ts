import * as z from "zod";

import { fieldMessage } from "@/lib/i18n/field-message";
import { LOCALES, TIME_ZONES } from "./policy";

/** The language, with its region, and the time zone that a person wants; null each: as their browser says. */
export const TimePreferencesSchema = z.strictObject({
  locale: z.enum(LOCALES, fieldMessage("localeUnknown")).nullable(),
  timeZone: z
    .string()
    .refine((zone) => TIME_ZONES.includes(zone), fieldMessage("timeZoneUnknown"))
    .nullable(),
});
