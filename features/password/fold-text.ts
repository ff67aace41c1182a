/** Spaces, punctuation, control characters and signs such as `$` or `+`; emoji and other symbols stay. */
const PADDING = /[\p{Z}\p{P}\p{Cc}\p{Sc}\p{Sk}\p{Sm}]+/gu;

/** A coarse form for comparing only, never for hashing: without case, accents and typographic variants. */
export function foldText(text: string): string {
  return text.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
}

/** What is left when spaces, punctuation and signs are taken out. */
export function withoutPadding(text: string): string {
  return text.replaceAll(PADDING, "");
}
