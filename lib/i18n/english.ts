import english from "@/messages/en";
import { type Area, type Translator, translatorOf } from "./translator";

/** What says the sentences of an area in English, at once: for what has no reader yet, such as a name that is stored. */
export function inEnglish<Name extends Area>(area: Name): Translator<Name> {
  return translatorOf("en", english, area);
}
