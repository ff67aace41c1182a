import * as z from "zod";

import { fieldMessage } from "@/lib/i18n/field-message";

/** Room for a recovery code with whatever stands between its groups. */
const MAX_CODE_LENGTH = 64;

/** A code of an authenticator app or a recovery code, as typed. Whether it is right is judged later, and counted. */
export const CodeSchema = z
  .string()
  .trim()
  .min(1, fieldMessage("codeMissing"))
  .max(MAX_CODE_LENGTH, fieldMessage("codeTooLong", { max: MAX_CODE_LENGTH }));

/** What turning the second factor on or off takes. */
export const CodeOnlySchema = z.strictObject({ code: CodeSchema });

/** What completes a sign-in. */
export const SecondFactorSchema = z.strictObject({ code: CodeSchema, trustDevice: z.boolean().optional() });
