import type english from "@/messages/en";
import type { Language } from "./languages";

/** Every sentence of the application, by area and place: the English ones say which there have to be. */
export type Messages = typeof english;

/** An area or a place in it, such as `auth.signIn`. */
export type Place = PathsOf<Messages>;

/** The sentences of a place, as a form in the browser is given them. */
export type Words<Path extends Place> = At<Messages, Path>;

type PathsOf<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? never : Key | `${Key}.${PathsOf<Node[Key]>}`;
}[keyof Node & string];

type At<Node, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? Key extends keyof Node
    ? At<Node[Key], Rest>
    : never
  : Path extends keyof Node
    ? Node[Path]
    : never;

/** Each language is a module of its own: a server that is asked for German alone never reads the Japanese. */
const LOADERS: Readonly<Record<Language, () => Promise<{ default: Messages }>>> = {
  en: () => import("@/messages/en"),
  de: () => import("@/messages/de"),
  fr: () => import("@/messages/fr"),
  es: () => import("@/messages/es"),
  ja: () => import("@/messages/ja"),
  ar: () => import("@/messages/ar"),
};

/** All sentences in this language. */
export async function messagesIn(language: Language): Promise<Messages> {
  return (await LOADERS[language]()).default;
}

/**
 * The sentences of a place as they are written, for a form in the browser: placeholders unfilled.
 *
 * @param path - Such as `auth.signIn.form`.
 */
export function wordsAt<Path extends Place>(messages: Messages, path: Path): Words<Path> {
  const found = path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], messages);
  return found as Words<Path>;
}
