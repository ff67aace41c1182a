import * as z from "zod";

import { SignInSchema } from "@/features/sign-in/schema";

/** What changing a password takes; an account that has none yet sends only the new one. */
export const ChangePasswordSchema = z.strictObject({
  currentPassword: SignInSchema.shape.password.optional(),
  newPassword: z.string(),
});
