import ts from "typescript";
import { describe, expect, it } from "vitest";

import { LANGUAGES, type Language } from "@/lib/i18n/languages";
import { messagesIn } from "@/lib/i18n/messages";
import { type Area, translatorFor } from "@/lib/i18n/translator";
import { hardCodedTextIn } from "../support/hard-coded-text";
import { flatten, samplesFor, takenBy } from "../support/sentences";
import { parsedSources, type Use, usesIn } from "../support/words-in-source";

/** What stays English, and why (docs/languages.md). */
const ENGLISH_PLACES: Readonly<Record<string, string>> = {
  "app/dev/": "The mailbox of `npm run dev`: its reader writes the application.",
  "app/(account)/api-explorer/": "It shows the API, which speaks English.",
  "app/(account)/settings/sessions/details/": "It shows claims and events by the names that they have in the code.",
  "app/(legal)/": "A legal text is binding as it was written; a translation would be a second one.",
  "app/global-error.tsx": "It stands in when the layout broke, and can't know the reader's language.",
};

/** One word may well be the same word in two languages; that many are not. */
const MAX_SHARE_OF_EQUAL_WORDS = 0.1;
/** What several words may say alike in another language: names. */
const EQUAL_ALLOWED = new Set<string>([]);
/** The languages that are written in letters of their own. */
const LETTERS: Partial<Record<Language, RegExp>> = {
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  ar: /\p{Script=Arabic}/u,
};

const messages = new Map<Language, Map<string, string>>();
for (const language of LANGUAGES) messages.set(language, flatten(await messagesIn(language)));
const inLanguage = (language: Language) => messages.get(language) ?? new Map<string, string>();
const english = inLanguage("en");
const OTHERS = LANGUAGES.filter((language) => language !== "en");

const sources = parsedSources();
const { keys, places } = usesIn(sources);

/** A message without what is put into it, to see what is left to translate. */
const wordsOf = (message: string) => message.replace(/\{[^{}]*\}|<[^>]*>/g, " ").trim();

describe("messages", () => {
  it.each(OTHERS)("%s has exactly the keys of English", (language) => {
    expect([...inLanguage(language).keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each(OTHERS)("%s takes the values and tags that English takes", (language) => {
    const differing = [...english].filter(([key, message]) => {
      const translated = inLanguage(language).get(key) ?? "";
      return JSON.stringify(takenBy(translated)) !== JSON.stringify(takenBy(message));
    });

    expect(differing.map(([key]) => `${key}: ${inLanguage(language).get(key)}`)).toEqual([]);
  });

  it.each(LANGUAGES)("%s says each of its messages, whatever the numbers are", async (language) => {
    for (const [key, message] of inLanguage(language)) {
      const [area, ...path] = key.split(".");
      const t = await translatorFor(language, area as Area);
      for (const values of samplesFor(takenBy(message))) {
        const said = t.rich(path.join(".") as never, values as never);
        expect([said].flat().join(""), key).toMatch(/\S/);
      }
    }
  });

  it.each(OTHERS)("%s is translated", (language) => {
    const equal = [...inLanguage(language)].filter(
      ([key, text]) => text === english.get(key) && /\p{L}/u.test(wordsOf(text)),
    );
    const sentences = equal.filter(([, text]) => /\p{L}.*\s.*\p{L}/su.test(wordsOf(text)) && !EQUAL_ALLOWED.has(text));
    const letters = LETTERS[language] ?? /\p{L}/u;
    const foreign = [...inLanguage(language)].filter(
      ([, text]) => /\p{L}/u.test(wordsOf(text)) && !letters.test(text) && !EQUAL_ALLOWED.has(text),
    );

    expect(sentences).toEqual([]);
    expect(foreign).toEqual([]);
    expect(equal.length / english.size).toBeLessThan(MAX_SHARE_OF_EQUAL_WORDS);
  });

  it("for forms in the browser take nothing but names in braces, since nothing there knows more", () => {
    const handedOver = [...english.keys()].filter((key) => places.some((place) => isBelow(place, key)));
    const tooMuch = LANGUAGES.flatMap((language) =>
      handedOver
        .map((key) => ({ key, message: inLanguage(language).get(key) ?? "" }))
        .filter(({ message }) => message.includes("''") || takenBy(message).some(({ kind }) => kind !== "text"))
        .map(({ key }) => `${language} ${key}`),
    );

    expect(handedOver).not.toEqual([]);
    expect(tooMuch).toEqual([]);
  });
});

describe("the source", () => {
  it("says every message", () => {
    const unused = [...english.keys()].filter(
      (key) => !keys.some((use) => says(use, key)) && !places.some((place) => isBelow(place, key)),
    );

    expect(unused).toEqual([]);
  });

  it("says no message that there is not", () => {
    const all = [...english.keys()];
    const missing = [
      ...keys.filter((use) => !all.some((key) => says(use, key))),
      ...places.filter((place) => !all.some((key) => isBelow(place, key))),
    ];

    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });

  it("holds no text in its pages, outside of those that stay English", () => {
    const found = sources
      .filter(({ fileName }) => /\.tsx$/.test(fileName))
      .filter(({ fileName }) => !Object.keys(ENGLISH_PLACES).some((place) => fileName.startsWith(place)))
      .flatMap(hardCodedTextIn);

    expect(found.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
  });

  it("names no place as English that is none", () => {
    const gone = Object.keys(ENGLISH_PLACES).filter(
      (place) => !sources.some(({ fileName }) => fileName.startsWith(place)),
    );

    expect(gone).toEqual([]);
  });
});

describe("the search for text in pages", () => {
  it.each([
    "<p>Sign in</p>",
    "<p>{isOn ? 'It is on' : null}</p>",
    "<p>{`Signed in as \u0024{name}`}</p>",
    "<p>{isNew && 'New'}</p>",
    "<Field label='E-mail address' />",
    "<img alt={'Your picture'} />",
    "<Card title={isOn ? 'On' : t('off')} />",
    "<button aria-label='Close'>×</button>",
  ])("finds %s", (page) => {
    expect(textIn(page)).toHaveLength(1);
  });

  it.each([
    "<p>{t('signIn.title')}</p>",
    "<p>·&nbsp;{name}</p>",
    "<Field label={words.email} name='email' autoComplete='username webauthn' />",
    "<Card title={t('title')} className='Card flex gap-3' />",
    "<p>{isWide ? 'a' : '–'}</p>",
  ])("leaves %s alone", (page) => {
    expect(textIn(page)).toEqual([]);
  });

  const textIn = (page: string) =>
    hardCodedTextIn(ts.createSourceFile("page.tsx", `const page = ${page};`, ts.ScriptTarget.Latest, true));
});

/** Whether a key with stars, in an area or in any, is this message. */
function says({ area, key: pattern }: Use, path: string): boolean {
  const [pathArea = "", ...rest] = path.split(".");
  if (area !== null && area !== pathArea) return false;
  const parts = pattern.split("*").map((part) => part.replace(/[.$]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`).test(rest.join("."));
}

const isBelow = ({ key: place }: Use, path: string) => path === place || path.startsWith(`${place}.`);
