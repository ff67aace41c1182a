import type * as z from "zod";

import { sayFieldMessage } from "@/lib/i18n/field-message";
import { type Translator, translatorFor } from "@/lib/i18n/translator";
import { type FieldError, Problem } from "./problem";

const MAX_BODY_BYTES = 64 * 1024;
/** WebAuthn's JSON, the deepest that we take, needs five. */
const MAX_NESTING = 32;
const MAX_FIELD_ERRORS = 20;
const MAX_FIELD_NAME_LENGTH = 100;

/** As a browser or a library writes it; RFC 8259 knows no other charset. */
const JSON_MEDIA_TYPE = /^application\/json(?: ?; ?charset="?utf-8"?)?$/i;

/**
 * Reads a request's body as JSON of a known shape.
 *
 * In this order: media type (415), size (413, read no further than the limit), syntax (400), shape (422 with the fields).
 *
 * @param schema - A `z.strictObject`: fields that it doesn't know are refused.
 * @param mediaType - What the body may call itself, where that isn't `application/json`.
 * @throws Problem as above.
 * @see https://www.rfc-editor.org/rfc/rfc7493 I-JSON: UTF-8 only, no halves of surrogate pairs
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  mediaType: RegExp = JSON_MEDIA_TYPE,
): Promise<z.output<Schema>> {
  const { headers } = request;
  const isPlain = (headers.get("content-encoding") ?? "identity") === "identity";
  if (!mediaType.test(headers.get("content-type") ?? "") || !isPlain) throw new Problem("unsupported_media_type");

  const value = parseJson(await readBytes(request));
  const parsed = schema.safeParse(value, { error: describeIssue });
  if (parsed.success) return parsed.data;
  // Programs read the codes; the sentences are for whoever writes those, in one language.
  const t = await translatorFor("en", "rules");
  throw new Problem("invalid_input", { errors: toFieldErrors(parsed.error.issues, value, t) });
}

/**
 * Reads a request's body, no further than the limit.
 *
 * @throws Problem `body_too_large`
 */
export async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw new Problem("body_too_large");
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new Problem("body_too_large");
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (isSound(value)) return value;
  } catch {
    // Falls through to the same refusal.
  }
  throw new Problem("malformed_json");
}

/**
 * Half of a surrogate pair would be stored and hashed as the same replacement character as any other: different inputs,
 * one value. Deep nesting is made to exhaust the stack of whoever walks it; this walk ends where it is too deep.
 */
function isSound(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  if (depth >= MAX_NESTING) return false;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isSound(member, depth + 1));
}

const SENTENCES: Readonly<Record<string, string>> = {
  too_big: "This is too long.",
  too_small: "This is too short.",
  invalid_format: "This does not have the right form.",
  invalid_value: "This is not one of the possible values.",
};

/** Our words for what a schema has no words of its own for. */
function describeIssue(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type") {
    return issue.input === undefined ? "This field is needed." : `This has to be ${withArticle(issue.expected)}.`;
  }
  return SENTENCES[issue.code] ?? "This is not valid.";
}

const withArticle = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function toFieldErrors(issues: readonly z.core.$ZodIssue[], body: unknown, t: Translator<"rules">): FieldError[] {
  return issues.flatMap((issue) => toFieldErrorsOf(issue, body, t)).slice(0, MAX_FIELD_ERRORS);
}

function toFieldErrorsOf(issue: z.core.$ZodIssue, body: unknown, t: Translator<"rules">): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    const message = "There is no such field.";
    return issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), code: "unrecognized_key", message }));
  }
  return [{ field: fieldName(issue.path), code: codeOf(issue, body), message: sayFieldMessage(t, issue.message) }];
}

function codeOf(issue: z.core.$ZodIssue, body: unknown): string {
  if (issue.code === "custom") return "invalid";
  if (issue.code === "too_big") return "too_long";
  if (issue.code === "too_small") return "too_short";
  return issue.code === "invalid_type" && valueAt(body, issue.path) === undefined ? "required" : issue.code;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], body);
}

const fieldName = (path: readonly PropertyKey[]) => path.join(".").slice(0, MAX_FIELD_NAME_LENGTH);
