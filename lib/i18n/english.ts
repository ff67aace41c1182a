import { createTranslator } from "use-intl/core";

import english from "@/messages/en";
import type { Messages } from "./messages";
import type { Area, Translator } from "./translator";

/** What says the sentences of an area in English, at once: for what has no reader yet, such as a name that is stored. */
export function inEnglish<Name extends Area>(area: Name): Translator<Name> {
  return createTranslator<Messages, Name>({
    locale: "en",
    messages: english,
    // `never` is what the library calls "all of them".
    namespace: area as never,
    timeZone: "UTC",
    onError(error) {
      throw error;
    },
  }) as Translator<Name>;
}
