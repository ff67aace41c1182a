import * as z from "zod";

import { EmailAddressSchema } from "@/features/account/email-address";

/** What asking for a reset link takes. */
export const ForgotPasswordSchema = z.strictObject({ email: EmailAddressSchema });

/** What resetting takes. Whatever stands for the token and was not issued here is one and the same: an invalid token. */
export const ResetPasswordSchema = z.strictObject({ token: z.unknown(), password: z.string() });
