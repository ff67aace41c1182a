import { isRateLimited, type RateLimited, secondsToWait } from "@/features/rate-limit/rate-limited";

/** What is wrong with one field of a request's body. */
export interface FieldError {
  /** The field's name, with dots for nesting; empty when it is the body as a whole. */
  readonly field: string;
  /** Stable, for programs. */
  readonly code: string;
  /** For people. Never holds the value. */
  readonly message: string;
}

/** Every refusal of the API: its status and what it says. `code` is stable, the words may change. */
const PROBLEMS = {
  malformed_json: [400, "Malformed JSON", "The body has to be one JSON value in UTF-8, nested at most 32 deep."],
  invalid_token: [
    400,
    "Invalid link",
    "This link is not valid any more: it was used, or it expired, or a newer one took its place.",
  ],
  invalid_logout_token: [
    400,
    "Invalid logout token",
    "This is no logout token of this provider for this site, or it was used before or is out of its time.",
  ],
  invalid_passkey: [
    400,
    "Invalid passkey",
    "This passkey can't be accepted: it is not known here, or its answer came too late or was meant for something else.",
  ],
  invalid_code: [400, "Wrong code", "This code is wrong, was used already, or is out of its time."],
  challenge_expired: [401, "Sign in again", "This sign-in waited too long for its code, or had too many wrong ones."],
  unauthenticated: [401, "Not signed in", "Sign in first."],
  no_session: [401, "No session", "There is no session to go on with. Sign in first."],
  session_ended: [401, "Session ended", "This session has ended. Sign in again."],
  invalid_credentials: [401, "Wrong e-mail or password", "The e-mail address or the password is wrong."],
  second_factor_required: [
    401,
    "Second factor required",
    "The first factor was right. Send the second one to /api/sign-in/second-factor, with the cookie that came along.",
  ],
  forbidden: [403, "Not allowed", "This account may not do that."],
  account_deletion_pending: [
    403,
    "Account due for deletion",
    "This account is due for deletion, on `deletionDueAt`. To keep it, post to /api/account/restore with the cookie that came along.",
  ],
  account_disabled: [403, "Account disabled", "This account was disabled."],
  email_not_verified: [
    403,
    "E-mail not confirmed",
    "Confirm your e-mail address first: open the link that was mailed to it.",
  ],
  recent_authentication_required: [
    403,
    "Recent sign-in required",
    "Sign in again first: the last time is longer ago than this allows. `maxAgeSeconds` says how long it may be.",
  ],
  step_up_required: [403, "Second factor required", "Sign in with both factors first: this session proved one."],
  not_found: [404, "Not found", "There is nothing at this address."],
  method_not_allowed: [405, "Method not allowed", "This address does not answer that method."],
  last_sign_in_method: [
    409,
    "Last way to sign in",
    "Nothing else would open this account any more. Add another way to sign in first.",
  ],
  too_many_passkeys: [409, "Too many passkeys", "This account has as many passkeys as it can have. Remove one first."],
  second_factor_on: [409, "Second factor is on", "A second factor is on already. Turn it off to set up another one."],
  second_factor_off: [409, "Second factor is off", "No second factor is on."],
  body_too_large: [413, "Body too large", "The body may have at most 64 KiB."],
  unsupported_media_type: [415, "Unsupported media type", "Send JSON, with Content-Type: application/json."],
  invalid_input: [422, "Invalid input", "Some fields are not right. `errors` names them."],
  rate_limited: [429, "Too many requests", "Wait a little, then try again."],
  internal_error: [500, "Internal error", "Something broke on our side, and was noted under this request's id."],
  temporarily_unavailable: [
    503,
    "Temporarily unavailable",
    "Something that this needs is away just now. Try again in a moment.",
  ],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>;

/** The stable code of a refusal. */
export type ProblemCode = keyof typeof PROBLEMS;

interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  /** In place of the code's usual status, where the same words mean something else, such as a password asked for again. */
  readonly status?: number;
  /** Headers that the refusal needs, such as `Allow` or `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem, such as the `reason` of a session's end. */
  readonly members?: Readonly<Record<string, string | number>>;
}

/** A refusal on its way to the client. Thrown by whatever handles a request; `route` turns it into the response. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(refusal: ProblemCode | RateLimited, options: ProblemOptions = {}) {
    const code = isRateLimited(refusal) ? "rate_limited" : refusal;
    super(code);
    this.code = code;
    this.options = isRateLimited(refusal) ? { headers: { "Retry-After": String(secondsToWait(refusal)) } } : options;
  }
}

/**
 * A refusal as a response.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemResponse({ code, options }: Problem, requestId: string): Response {
  const [usualStatus, title, detail] = PROBLEMS[code];
  const { status = usualStatus, errors, members, headers } = options;
  const body = { type: "about:blank", title, status, code, detail, ...members, ...(errors && { errors }), requestId };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}
