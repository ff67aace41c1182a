import * as z from "zod";

import { EmailAddressSchema } from "@/features/account/email-address";
import { fieldMessage } from "@/lib/i18n/field-message";

const MAX_NAME_LENGTH = 100;

/** Control characters, halves of surrogate pairs, private use, line separators, and what turns the direction of text around. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** A person's name as they write it: any script, one line. */
export const PersonNameSchema = z
  .string()
  .trim()
  .min(1, { error: fieldMessage("nameMissingOrLeftOut"), abort: true })
  .max(MAX_NAME_LENGTH, { error: fieldMessage("nameTooLong", { max: MAX_NAME_LENGTH }), abort: true })
  .refine((name) => !UNPRINTABLE.test(name), fieldMessage("nameUnprintable"));

/** What signing up with a password takes. The password's own rules are in features/password. */
export const SignUpSchema = z.strictObject({
  email: EmailAddressSchema,
  password: z.string(),
  name: PersonNameSchema.optional(),
});

/** What confirming an address takes: the token of the link. */
export const VerifyEmailSchema = z.strictObject({ token: z.string() });

/** What asking for another verification mail takes. */
export const ResendVerificationSchema = z.strictObject({ email: EmailAddressSchema });
