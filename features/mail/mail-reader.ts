import { describeDevice } from "@/features/session-overview/describe-device";
import { formatMoment, type TimePreferences } from "@/lib/format-moment";
import { DEFAULT_LANGUAGE, type Language, languageOfLocale } from "@/lib/i18n/languages";
import { type Translator, translatorFor } from "@/lib/i18n/translator";
import type { MailContent } from "./mail-content";
import { validityInWords } from "./validity-in-words";

/** Whoever reads a mail, as far as it takes to write it in their words. */
export interface MailReader {
  readonly language: Language;
  /** Says a sentence of `messages/<language>/mails.json`. */
  readonly t: Translator<"mails">;
  /** An instant as they want it; where they told nothing as their language writes it, in UTC. */
  readonly moment: (at: Date) => string;
  /** How long something works: "24 hours". */
  readonly validity: (seconds: number) => string;
  /** Several things to choose from: "a, b or c". */
  readonly oneOf: (things: readonly string[]) => string;
  /** What somebody signed in with: "Firefox on Windows". */
  readonly device: (userAgent: string | null) => string;
}

/** What a mail says besides its greeting, to whoever reads it. */
export type MailWriter = (reader: MailReader) => Omit<MailContent, "language" | "greeting">;

const NOT_TOLD: TimePreferences = { locale: null, timeZone: null };

/**
 * A reader, by the language that they told us; else by that of the request that the mail follows from; else by the default.
 *
 * @param told - What their account says; null: they have none.
 * @param askedIn - The language of the request.
 */
export async function mailReader(told: TimePreferences | null, askedIn: Language | undefined): Promise<MailReader> {
  const { locale, timeZone } = told ?? NOT_TOLD;
  const language = languageOfLocale(locale) ?? askedIn ?? DEFAULT_LANGUAGE;
  // The English of these sentences is British: "1 January 2026", "a, b or c".
  const written = language === "en" ? "en-GB" : language;
  const account = await translatorFor(language, "account");
  const list = new Intl.ListFormat(written, { type: "disjunction" });
  return {
    language,
    t: await translatorFor(language, "mails"),
    moment: (at) => formatMoment(at, { locale: locale ?? written, timeZone }),
    validity: (seconds) => validityInWords(seconds, language),
    oneOf: (things) => list.format(things),
    device: (userAgent) => describeDevice(account, userAgent),
  };
}

/** The mail as its reader gets it. */
export function writeMail(write: MailWriter, reader: MailReader): MailContent {
  return { language: reader.language, greeting: reader.t("greeting"), ...write(reader) };
}
