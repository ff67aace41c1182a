/** What was typed into one field of a form; empty when the field is missing or holds a file. */
export function formText(formData: FormData, name: string): string {
  const value = formData.get(name);
  return typeof value === "string" ? value : "";
}
