import { createHash } from "node:crypto";

import type { HttpClient, RequestOptions } from "@/attack/http-client";
import { spellings } from "./whole-person";

/** Notes every secret that passes by, under a name. */
export interface SecretWitness {
  /** Name → value. */
  readonly secrets: ReadonlyMap<string, string>;
  note(name: string, value: string): void;
  /** A client each of whose cookies, as the server sets them, is noted. */
  watch(client: HttpClient): HttpClient;
}

/** Cookies that are no secret: where to go afterwards. */
const NO_SECRET = /callback-url/;
const SHORTEST = 6;
const BASE32_BITS = 5;

/** A witness that has seen nothing yet. */
export function newSecretWitness(): SecretWitness {
  const secrets = new Map<string, string>();
  const seen = new Set<string>();
  const note = (name: string, value: string) => {
    if (value.length < SHORTEST) throw new Error(`${name} is too short to be looked for.`);
    if (seen.has(value)) return;
    seen.add(value);
    secrets.set(`${name} #${secrets.size}`, value);
  };
  const watch = (client: HttpClient): HttpClient => {
    const request = async (method: string, path: string, options?: RequestOptions) => {
      const response = await client.request(method, path, options);
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value !== "" && !NO_SECRET.test(name)) noteCookie(note, name, value);
      }
      return response;
    };
    return {
      ...{ origin: client.origin, cookies: client.cookies, request },
      get: (path, options) => request("GET", path, options),
      post: (path, json, options) => request("POST", path, json === undefined ? options : { ...options, json }),
    };
  };
  return { secrets, note, watch };
}

/** Auth.js writes `token|hash` into its CSRF cookie: the token is what a form sends. */
function noteCookie(note: SecretWitness["note"], name: string, value: string): void {
  for (const part of decodeURIComponent(value).split("|")) if (part.length >= SHORTEST) note(`cookie ${name}`, part);
}

/**
 * Where in the rows a secret stands in any spelling: as text, base64, base64url or hexadecimal, and the bytes likewise that it
 * is itself a spelling of.
 *
 * @returns `<name of the secret> in <table>` for each.
 */
export function findSecrets(rows: readonly string[], secrets: ReadonlyMap<string, string>): string[] {
  return [...secrets].flatMap(([name, value]) => {
    const wanted = forms(value);
    const found = rows.filter((row) => wanted.some((form) => row.includes(form)));
    return [...new Set(found.map((row) => `${name} in ${row.slice(0, row.indexOf(" "))}`))];
  });
}

function forms(value: string): string[] {
  // A code of six digits stands by chance in any long number: only the whole of a text counts. And its hash tells it.
  if (/^\d{1,8}$/.test(value)) {
    const hash = createHash("sha256").update(value).digest();
    return [`"${value}"`, ...spellings(Buffer.from(value)).slice(1), ...spellings(hash)].filter(isTelling);
  }
  const bytes = [Buffer.from(value), Buffer.from(value, "base64url"), fromBase32(value)];
  return bytes.flatMap((some) => spellings(some)).filter(isTelling);
}

/** What is shorter stands anywhere by chance. */
function isTelling(form: string): boolean {
  return form.length >= 2 * SHORTEST || form.startsWith('"');
}

function fromBase32(text: string): Buffer {
  const bits = [...text.toUpperCase()]
    .map((character) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(character))
    .map((value) => (value < 0 ? "" : value.toString(2).padStart(BASE32_BITS, "0")))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
