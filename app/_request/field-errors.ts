import * as z from "zod";

import { sayFieldMessage } from "@/lib/i18n/field-message";
import { getTranslations } from "./translations";

/** What is wrong with each field of a form, in sentences for whoever filled it in. */
export type FieldErrors<Input> = { [Field in keyof Input]?: string[] };

/** The errors of a form in the language of its reader, as its state carries them. */
export async function fieldErrorsOf<Input>(error: z.ZodError<Input>): Promise<FieldErrors<Input>> {
  const t = await getTranslations("rules");
  const { fieldErrors } = z.flattenError(error);
  const said = Object.entries<string[] | undefined>(fieldErrors).map(([field, messages = []]) => [
    field,
    messages.map((message) => sayFieldMessage(t, message)),
  ]);
  return Object.fromEntries(said) as FieldErrors<Input>;
}
