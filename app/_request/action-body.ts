import { type NextRequest, NextResponse } from "next/server";

import { isFormField } from "./form-fields";

/** What our deepest form state needs, twice over. */
const MAX_NESTING = 16;
const MAX_FIELDS = 200;
/** Of the name of a field that is refused. */
const MAX_NAMED_LENGTH = 60;

/** Text is escaped by a second `$`; all else that begins with one is an instruction to React's decoder. */
const PLAIN_TEXT = /^(?:[^$]|\$\$|$)/;
/** The form itself, a value left out, and an object that stands elsewhere in the same value. */
const KNOWN_INSTRUCTION = /^\$(?:K[0-9a-f]{1,4}|undefined|0(?::\w{1,40}){1,8})$/;
/** How a form that is sent without scripts begins to name its action, and says which field holds the arguments. */
const BINDING = /^\{"id":"[0-9a-f]{1,80}","bound":"\$@[0-9a-f]{1,4}"\}$/;
const PROTOTYPE_NAMES = /(?:^|:)(?:__proto__|prototype|constructor|then)$/;

/** The fields that React reads as values of its own: of an action that a script sends, and of a plain form. */
const VALUE_FIELD = /^(?:[0-9a-f]{1,4}|\$ACTION_[0-9a-f]{1,4}:[0-9a-f]{1,4})$/;

/**
 * Refuses a server action whose body is none that our own pages send, before React's decoder sees it: what is broken would
 * come back as a 500, and what is made to deceive a decoder has been the way into such servers before (CVE-2025-55182).
 * Our actions take forms and plain JSON, so nothing else gets through: no promises, no streams, no references to code (400); and
 * of fields only those that a form of ours has (422).
 *
 * @returns null for everything else; whether the fields make sense is for the action to say.
 */
export async function refuseUnsoundAction(request: NextRequest): Promise<NextResponse | null> {
  if (request.method !== "POST") return null;
  const type = request.headers.get("content-type") ?? "";
  const isScripted = request.headers.has("next-action");
  const isForm = type.toLowerCase().startsWith("multipart/form-data");
  if (!isScripted && !isForm) return null;
  // Next compares the media type letter by letter, and takes a differently spelt one for text.
  if (isForm !== type.startsWith("multipart/form-data")) return badRequest();
  if (!isForm) return (await isSoundText(request)) ? null : badRequest();
  const form = await request.formData().catch(() => null);
  if (form === null || !isSoundForm(request, [...form])) return badRequest();
  const unknown = [...form.keys()].find((name) => !VALUE_FIELD.test(name) && !isFormField(name));
  if (unknown === undefined) return null;
  return new NextResponse(`No form has the field ${JSON.stringify(unknown.slice(0, MAX_NAMED_LENGTH))}.`, {
    status: 422,
  });
}

const badRequest = () => new NextResponse("Bad Request", { status: 400 });

function isSoundForm(request: NextRequest, fields: readonly [string, FormDataEntryValue][]): boolean {
  if (fields.length > MAX_FIELDS) return false;
  const names = new Set(fields.map(([name]) => name));
  if (request.headers.has("next-action") && !names.has("0")) return false;
  return fields.every(([name, value]) => {
    if (isTreacherous(name)) return false;
    if (!VALUE_FIELD.test(name)) return typeof value !== "string" || !value.includes("\0");
    // Where the form itself says which action it is for, and where that one's arguments are.
    return typeof value === "string" && (isSoundValue(value) || (name.endsWith(":0") && BINDING.test(value)));
  });
}

async function isSoundText(request: NextRequest): Promise<boolean> {
  return isSoundValue(await request.text().catch(() => ""));
}

function isSoundValue(text: string): boolean {
  try {
    return isSound(JSON.parse(text), 0);
  } catch {
    return false;
  }
}

function isSound(value: unknown, depth: number): boolean {
  if (typeof value === "string") return isSoundString(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= MAX_NESTING) return false;
  return Object.entries(value).every(([key, member]) => !isTreacherous(key) && isSound(member, depth + 1));
}

function isSoundString(text: string): boolean {
  if (text.includes("\0") || !text.isWellFormed()) return false;
  return PLAIN_TEXT.test(text) || (KNOWN_INSTRUCTION.test(text) && !PROTOTYPE_NAMES.test(text));
}

const isTreacherous = (name: string) => name.includes("\0") || PROTOTYPE_NAMES.test(name);
