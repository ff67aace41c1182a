import { type Area, type Translator, translatorOf } from "@/lib/i18n/translator";
import english from "@/messages/en";

/** What says the sentences of an area in English, at once. */
export function inEnglish<Name extends Area>(area: Name): Translator<Name> {
  return translatorOf("en", english, area);
}
