import * as z from "zod";

import { fieldMessage } from "@/lib/i18n/field-message";
import { LOCALES, TIME_ZONES } from "./policy";

/** How a person wants dates and times; null each: as their browser says. */
export const TimePreferencesSchema = z.strictObject({
  locale: z.enum(LOCALES, fieldMessage("localeUnknown")).nullable(),
  timeZone: z
    .string()
    .refine((zone) => TIME_ZONES.includes(zone), fieldMessage("timeZoneUnknown"))
    .nullable(),
});
