/**
 * Every field that a form of ours sends. A server action is called with nothing else: a form with one more, such as `role`, is
 * refused before the action sees it (A94). A new form's fields are added here; tests/architecture/form-fields.test.ts says which.
 */
export const FORM_FIELDS: ReadonlySet<string> = new Set([
  "callbackUrl",
  "code",
  "connection",
  "currentPassword",
  "email",
  "id",
  "language",
  "locale",
  "name",
  "newPassword",
  "password",
  "picture",
  "provider",
  "remember",
  "remove",
  "session",
  "timeZone",
  "token",
  "trustDevice",
  // For password managers alone.
  "username",
  "version",
]);

/** What React adds: which action a form without scripts is for, and where that one's arguments are. */
const OF_REACT = /^\$ACTION_(?:ID_[0-9a-f]{1,80}|REF_[0-9a-f]{1,4}|[0-9a-f]{1,4}:[0-9a-f]{1,4}|KEY)$/;
/** A script sends a form's fields with the number of the argument before them: `_1_email`. */
const OF_ARGUMENT = /^_[0-9a-f]{1,4}_/;

/**
 * Whether one of our forms has this field. What React adds comes from a script too: a form that is sent before its page has woken
 * is kept as it stands there, and sent once the script can.
 */
export function isFormField(name: string): boolean {
  const field = name.replace(OF_ARGUMENT, "");
  return OF_REACT.test(field) || FORM_FIELDS.has(field);
}
