import * as z from "zod";

import { EmailAddressSchema } from "@/features/account/email-address";

const MAX_NAME_LENGTH = 100;

/** Control characters, halves of surrogate pairs, private use, line separators, and what turns the direction of text around. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** A person's name as they write it: any script, one line. */
export const PersonNameSchema = z
  .string()
  .trim()
  .min(1, { error: "Enter a name, or leave it out.", abort: true })
  .max(MAX_NAME_LENGTH, { error: `A name has at most ${MAX_NAME_LENGTH} characters.`, abort: true })
  .refine((name) => !UNPRINTABLE.test(name), "A name is one line of letters, without control characters.");

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
