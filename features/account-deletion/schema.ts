import * as z from "zod";

import { SignInSchema } from "@/features/sign-in/schema";

/** What deleting an account takes: the password, or nothing from whoever proved recently who they are. */
export const DeleteAccountSchema = z.strictObject({ password: SignInSchema.shape.password.optional() });
