import { Problem } from "./problem";
import { readBytes } from "./read-json";

const FORM_MEDIA_TYPE = /^application\/x-www-form-urlencoded(?: ?; ?charset="?utf-8"?)?$/i;

/**
 * Reads a request's body as a form, as another server sends one.
 *
 * @throws Problem `unsupported_media_type` or `body_too_large`
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (!FORM_MEDIA_TYPE.test(request.headers.get("content-type") ?? "")) throw new Problem("unsupported_media_type");
  return new URLSearchParams(Buffer.from(await readBytes(request)).toString("utf8"));
}
