import * as z from "zod";

import { fieldMessage } from "@/lib/i18n/field-message";

/** RFC 5321 section 4.5.3.1.1. */
const MAX_LOCAL_PART_LENGTH = 64;
/** RFC 5321 section 4.5.3.1.3 allows a path of 256, of which the angle brackets take two. */
const MAX_LENGTH = 254;

// Each is one character class, or alternates classes that share no character: nothing to backtrack into.
const PRINTABLE_ASCII = /^[!-~]*$/;
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN_LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const ALL_DIGITS = /^\d+$/;

/**
 * An e-mail address: exactly one mailbox, `local@domain`, in the one spelling that is stored and compared.
 *
 * Only ASCII dot-atoms pass. What else RFC 5322 allows (quotes, comments, groups, lists, display names, IP literals) is
 * what mail software reads differently from what the writer of a check had in mind, and mail then goes to somebody else.
 * Letters beyond ASCII are refused rather than mapped: `İ`, `ß` and look-alikes of `@` would merge with, or pass for,
 * other people's addresses. The local part is lower-cased too; RFC 5321 lets a host tell `A` from `a`, and none does.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export const EmailAddressSchema = z
  .string()
  .trim()
  .min(1, { error: fieldMessage("emailMissing"), abort: true })
  .max(MAX_LENGTH, { error: fieldMessage("emailTooLong", { max: MAX_LENGTH }), abort: true })
  .refine((value) => value.includes(" ") || PRINTABLE_ASCII.test(value), {
    error: fieldMessage("emailNotAscii"),
    abort: true,
  })
  .refine(isMailbox, fieldMessage("emailNotOneMailbox"))
  .toLowerCase()
  .brand<"EmailAddress">();

/** An address that `EmailAddressSchema` let through. */
export type EmailAddress = z.output<typeof EmailAddressSchema>;

function isMailbox(value: string): boolean {
  const [localPart, domain, ...more] = value.split("@");
  if (localPart === undefined || domain === undefined || more.length > 0) return false;
  return localPart.length <= MAX_LOCAL_PART_LENGTH && DOT_ATOM.test(localPart) && isDomain(domain);
}

function isDomain(domain: string): boolean {
  const labels = domain.split(".");
  const isNumeric = ALL_DIGITS.test(labels.at(-1) ?? "");
  return labels.length >= 2 && !isNumeric && labels.every((label) => DOMAIN_LABEL.test(label));
}
