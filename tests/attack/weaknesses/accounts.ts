import { setTimeout as sleep } from "node:timers/promises";

import type { Passing, Weakening } from "../../support/weakening-proxy";
import { changed, fieldsOf, instead, isCall, json, weakness, withFields } from "./weakness";

const MAIL_CALLS = /^\/api\/(?:sign-up|password\/forgot|verify-email\/resend)$/;

/** Reads an address as careless mail software does: whatever stands last. */
const lastAddress = (email: unknown) =>
  String(email)
    .split(/[\s,;<>():"]+/)
    .filter((part) => part.includes("@"))
    .at(-1);

/** The mails of a mailbox, each of them seven times. */
function sevenfold(body: string): string {
  const { messages } = JSON.parse(body) as { messages: unknown[] };
  return JSON.stringify({ messages: messages.flatMap((message) => Array.from({ length: 7 }, () => message)) });
}

const emailOf = (request: Passing) => String(fieldsOf(request)["email"]).trim().toLowerCase();

/** Looks at every guess, however many there were. Wrong ones cost no hash here, so that a thousand take no time. */
function looksAtEveryGuess(): Weakening {
  const passwords = new Map<string, unknown>();
  return (request, forward) => {
    const { password } = fieldsOf(request);
    if (isCall(request, "POST", "/api/sign-up")) passwords.set(emailOf(request), password);
    const isWrong = isCall(request, "POST", "/api/sign-in") && passwords.get(emailOf(request)) !== password;
    return isWrong ? json(401, { code: "invalid_credentials" }) : forward(request);
  };
}

function tellsTheKnown(): Weakening {
  const known = new Set<string>();
  return instead("POST", "/api/sign-up", (request, forward) => {
    if (known.has(emailOf(request))) return json(409, { code: "account_exists" });
    known.add(emailOf(request));
    return forward(request);
  });
}

const HASH_MS = 250;

function takesLongerForTheKnown(): Weakening {
  const known = new Set<string>();
  return async (request, forward) => {
    if (isCall(request, "POST", "/api/sign-up")) known.add(emailOf(request));
    if (isCall(request, "POST", "/api/sign-in") && known.has(emailOf(request))) await sleep(HASH_MS);
    return forward(request);
  };
}

/** The password of an account is the one that was there first, whoever confirmed the address. */
function keepsTheFirstPassword(): Weakening {
  const first = new Map<string, unknown>();
  return (request, forward) => {
    const { password } = fieldsOf(request);
    if (isCall(request, "POST", "/api/sign-up") && !first.has(emailOf(request))) first.set(emailOf(request), password);
    const isFirst = isCall(request, "POST", "/api/sign-in") && first.get(emailOf(request)) === password;
    return isFirst ? json(200, { accessToken: "", user: { id: "1" } }) : forward(request);
  };
}

export const accountWeaknesses = [
  weakness("A20", "a sign-up says that there is an account already", tellsTheKnown()),
  weakness("A21", "a password is hashed for accounts that exist, and for no others", takesLongerForTheKnown()),
  weakness("A28", "any password will do", (request, forward) =>
    isCall(request, "POST", "/api/sign-up") ? json(202, { status: "verification_sent" }) : forward(request),
  ),
  weakness(
    "A29",
    "a password is cut after 72 bytes",
    instead("POST", /^\/api\/sign-(?:in|up)$/, (request, forward) => {
      const fields = fieldsOf(request);
      return forward(withFields(request, { ...fields, password: String(fields["password"]).slice(0, 72) }));
    }),
  ),
  weakness(
    "A30",
    "a body of any size is read",
    instead("POST", "/api/sign-up", (request, forward) =>
      request.body.length > 64 * 1024 ? json(202, { status: "verification_sent" }) : forward(request),
    ),
  ),
  weakness(
    "A31",
    "the form keeps password managers out",
    changed((answer, request) =>
      request.path === "/sign-in" ? { ...answer, body: answer.body.replaceAll(/autocomplete="[^"]*"/gi, "") } : answer,
    ),
  ),
  weakness(
    "A32",
    "a sign-in tells capitals from small letters",
    instead("POST", "/api/sign-in", (request, forward) => {
      const email = String(fieldsOf(request)["email"]);
      return email === email.toLowerCase() ? forward(request) : json(401, { code: "invalid_credentials" });
    }),
  ),
  weakness("A33", "of several addresses, the last gets the mail", (request, forward) => {
    if (!isCall(request, "POST", MAIL_CALLS)) return forward(request);
    const fields = fieldsOf(request);
    return forward(withFields(request, { ...fields, email: lastAddress(fields["email"]) }));
  }),
  weakness(
    "A34",
    "line breaks in a name are taken",
    instead("POST", "/api/sign-up", (request, forward) => {
      const fields = fieldsOf(request);
      return forward(
        withFields(request, {
          ...fields,
          name: String(fields["name"])
            .replaceAll(/[\r\n\0]/g, " ")
            .slice(0, 90),
        }),
      );
    }),
  ),
  weakness(
    "A35",
    "the links of a mail lead to where the request said",
    changed((answer, request) =>
      request.path.startsWith("/dev/mailbox/messages")
        ? { ...answer, body: answer.body.replaceAll(/http:\/\/localhost:\d+\/reset/g, "http://evil.test/reset") }
        : answer,
    ),
  ),
  weakness("A36", "an unconfirmed password stays when somebody else confirms the address", keepsTheFirstPassword()),
  weakness(
    "A37",
    "a reset leaves sessions as they are",
    instead("POST", "/api/password/reset", () => json(204)),
  ),
  weakness(
    "A38",
    "nobody hears of the other keys to an account",
    changed((answer, request) =>
      request.path.startsWith("/dev/mailbox/messages")
        ? { ...answer, body: answer.body.replaceAll(/passkey/gi, "sign-in") }
        : answer,
    ),
  ),
  weakness(
    "A39",
    "a change of address outlives the recovery",
    instead("POST", "/api/email/confirm", () => json(200, { status: "confirmed" })),
  ),
  weakness(
    "A48",
    "an address changes without the password",
    instead("POST", "/api/email/change", () => json(202, { status: "confirmation_sent" })),
  ),
  ...(["A22", "A23", "A24", "A25", "A26"] as const).map((id) =>
    weakness(id, "there are no rate limits", looksAtEveryGuess()),
  ),
  weakness(
    "A27",
    "every request for a mail sends one",
    changed((answer, request) =>
      request.path.startsWith("/dev/mailbox/messages") && answer.body.includes("/reset-password")
        ? { ...answer, body: sevenfold(answer.body) }
        : answer,
    ),
  ),
];
