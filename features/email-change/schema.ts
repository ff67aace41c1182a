import * as z from "zod";

import { EmailAddressSchema } from "@/features/account/email-address";
import { SignInSchema } from "@/features/sign-in/schema";

/** What asking for another address takes. Only an account without a password may leave it out. */
export const EmailChangeSchema = z.strictObject({
  email: EmailAddressSchema,
  password: SignInSchema.shape.password.optional(),
});

/** What confirming a new address takes: the token of the link. */
export const ConfirmEmailChangeSchema = z.strictObject({ token: z.string() });
