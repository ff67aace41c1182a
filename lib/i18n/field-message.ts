import type { Messages } from "./messages";
import type { Translator } from "./translator";

/** What can be wrong with a field: a key of `fields` in `messages/<language>/rules.json`. */
type FieldMessageKey = keyof Messages["rules"]["fields"];

const PREFIX = "rules.fields.";

/**
 * The message of a schema's rule, to be said in the language of whoever broke it: `sayFieldMessage` turns it into a sentence.
 *
 * @param values - What the sentence needs, such as `{ max: 100 }`.
 */
export function fieldMessage(key: FieldMessageKey, values: Readonly<Record<string, number>> = {}): string {
  return `${PREFIX}${key}?${new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]))}`;
}

/** A schema's message as a sentence. What is no key stays as it is: the library's words, or the API's. */
export function sayFieldMessage(t: Translator<"rules">, message: string): string {
  if (!message.startsWith(PREFIX)) return message;
  const [key = "", query] = message.slice(PREFIX.length).split("?");
  const values = Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, Number(value)]));
  return t(`fields.${key as FieldMessageKey}`, values);
}
