import * as z from "zod";

import { EmailAddressSchema } from "@/features/account/email-address";
import { fieldMessage } from "@/lib/i18n/field-message";

/** Longer than any password that could have been chosen; more is not worth hashing. */
const MAX_PASSWORD_LENGTH = 1024;

/** What signing in with a password takes. The password's rules are for choosing one, not for trying one. */
export const SignInSchema = z.strictObject({
  email: EmailAddressSchema,
  password: z
    .string()
    .min(1, fieldMessage("passwordMissing"))
    .max(MAX_PASSWORD_LENGTH, fieldMessage("passwordTooLong", { max: MAX_PASSWORD_LENGTH })),
  remember: z.boolean().optional(),
});

export type SignInInput = z.output<typeof SignInSchema>;

/** The same from an HTML form, where a checkbox is "on" or absent. Other fields of the form are left alone. */
export const SignInFormSchema = z.object({
  email: SignInSchema.shape.email,
  password: SignInSchema.shape.password,
  remember: z
    .enum(["on", "true", "false", ""])
    .optional()
    .transform((value) => value === "on" || value === "true"),
});
