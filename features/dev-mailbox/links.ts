/** A web address in running text; what merely follows it in a sentence is cut off afterwards. */
const URL_IN_TEXT = /https?:\/\/[^\s<>"']{1,2000}/gi;
const END_OF_SENTENCE = /(?<![.,;:!?)\]}*_])[.,;:!?)\]}*_]+$/;

/** The web addresses in a mail's text, in order, each once. Nothing but http and https is ever returned. */
export function linksIn(text: string): string[] {
  const found = text.match(URL_IN_TEXT) ?? [];
  const trimmed = found.map((link) => link.replace(END_OF_SENTENCE, ""));
  return [...new Set(trimmed)].filter((link) => URL.canParse(link));
}
