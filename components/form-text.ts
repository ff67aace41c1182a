/**
 * What was sent in one field of a form; null when the field is missing.
 *
 * @param unverifiedForm - What an action was called with: whoever calls it without the form may send anything.
 */
export function formField(unverifiedForm: unknown, name: string): FormDataEntryValue | null {
  return unverifiedForm instanceof FormData ? unverifiedForm.get(name) : null;
}

/** What was typed into one field of a form; empty when the field is missing or holds a file. */
export function formText(unverifiedForm: unknown, name: string): string {
  const value = formField(unverifiedForm, name);
  return typeof value === "string" ? value : "";
}
