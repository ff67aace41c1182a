/**
 * Puts values into the `{placeholders}` of a sentence, in the browser. What needs plurals or dates is said by the server, whose
 * translator knows ICU MessageFormat.
 */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
