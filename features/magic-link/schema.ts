import * as z from "zod";

import { EmailAddressSchema } from "@/features/account/email-address";
import { fieldMessage } from "@/lib/i18n/field-message";
import { CODE_DIGITS } from "./policy";

/** What asking for a link takes. */
export const MagicLinkSchema = z.strictObject({ email: EmailAddressSchema });

/** The code as people type it: with spaces, if they like. */
export const MagicCodeSchema = z
  .string()
  .transform((typed) => typed.replace(/\s/g, ""))
  .refine(
    (code) => code.length === CODE_DIGITS && /^\d+$/.test(code),
    fieldMessage("digitsMissing", { digits: CODE_DIGITS }),
  );
