import type { Passed, Weakening } from "../../support/weakening-proxy";
import { changed, fieldsOf, instead, isCall, json, weakness, withFields } from "./weakness";

const SECOND_FACTOR = "/api/sign-in/second-factor";
const ENTERED = { accessToken: "", user: { id: "1" } };

/** Every token of a mail is written over by what this makes of it, and back on its way to the server. */
function renamedTokens(rename: (token: string, at: number) => string): Weakening {
  const originals = new Map<string, string>();
  const names = new Map<string, string>();
  return async (request, forward) => {
    const token = fieldsOf(request)["token"];
    const original = originals.get(String(token));
    const answer = await forward(original ? withFields(request, { ...fieldsOf(request), token: original }) : request);
    if (!request.path.startsWith("/dev/mailbox/messages")) return answer;
    const body = answer.body.replaceAll(/(?<=token=)[\w-]{43}/g, (found) => {
      const name = names.get(found) ?? rename(found, names.size);
      names.set(found, name);
      originals.set(name, found);
      return name;
    });
    return { ...answer, body };
  };
}

/** A link that was good once goes on being good. */
function unspentLinks(): Weakening {
  return instead("POST", "/api/password/reset", async (request, forward) => {
    const answer = await forward(request);
    const isOurs = /^[\w-]{43}$/.test(String(fieldsOf(request)["token"]));
    return answer.status === 400 && isOurs ? json(204) : answer;
  });
}

/** Judges a sign-in's code by itself: whatever the server says of it, this turns it into that. */
const codeAnswer = (turn: (answer: Passed, code: string) => Passed): Weakening =>
  instead("POST", SECOND_FACTOR, async (request, forward) =>
    turn(await forward(request), String(fieldsOf(request)["code"])),
  );

/** Lets a code that was right once complete every later sign-in. */
function codesOfOnce(): Weakening {
  const right = new Set<string>();
  return codeAnswer((answer, code) => {
    if (answer.status === 200) right.add(code);
    return right.has(code) ? json(200, ENTERED) : answer;
  });
}

export const tokenAndFactorWeaknesses = [
  weakness(
    "A40",
    "tokens are counted up",
    renamedTokens((_, at) => `${"x".repeat(38)}${10_000 + at}`),
  ),
  weakness("A43", "a link is looked up first and used up later", unspentLinks()),
  weakness("A44", "a newer link leaves the older ones good", unspentLinks()),
  weakness(
    "A45",
    "a token that fails for another reason is used up",
    instead("POST", "/api/password/reset", async (request, forward) => {
      const answer = await forward(request);
      const { token } = fieldsOf(request);
      if (answer.status === 422 && typeof token === "string") {
        await forward(withFields(request, { token, password: "thirteen calm herons over the estuary" }));
      }
      return answer;
    }),
  ),
  weakness("A46", "opening a link confirms", async (request, forward) => {
    const token = /^\/verify-email\?token=([\w-]+)/.exec(request.path)?.[1];
    if (token && request.method === "GET") {
      const headers = { ...request.headers, "content-type": "application/json" };
      await forward({ method: "POST", path: "/api/verify-email", headers, body: JSON.stringify({ token }) });
    }
    return forward(request);
  }),
  weakness(
    "A47",
    "whoever is signed in may set a password",
    instead("POST", "/api/password/change", () => json(204)),
  ),
  weakness(
    "A49",
    "nobody is told of a changed password",
    changed((answer, request) =>
      request.path.startsWith("/dev/mailbox/messages")
        ? { ...answer, body: answer.body.replaceAll(/"subject":"[^"]*password[^"]*"/gi, '"subject":"News"') }
        : answer,
    ),
  ),
  weakness(
    "A42",
    "a right code is taken after any number of wrong ones",
    codeAnswer((answer, code) =>
      answer.body.includes("challenge_expired") && !/^(?:123123|456456|789789|321321|654654|987987)$/.test(code)
        ? json(200, ENTERED)
        : answer,
    ),
  ),
  weakness(
    "A52",
    "wrong codes are counted for each sign-in alone",
    codeAnswer((answer) => (answer.status === 429 ? json(401, { code: "invalid_code" }) : answer)),
  ),
  weakness("A53", "the password alone begins a session", (request, forward) =>
    isCall(request, "GET", "/api/me") && /sign-in-challenge=/.test(request.headers.cookie ?? "")
      ? json(200, { user: {} })
      : forward(request),
  ),
  weakness("A54", "a reset signs in", async (request, forward) => {
    const entered = /entered-by-reset/.test(request.headers.cookie ?? "");
    if (entered && isCall(request, "GET", "/api/me")) return json(200, { user: {} });
    const answer = await forward(request);
    return isCall(request, "POST", "/api/password/reset") && answer.status === 204
      ? json(204, {}, { "set-cookie": ["entered-by-reset=1; Path=/"] })
      : answer;
  }),
  weakness(
    "A55",
    "a session forgets which factors it proved",
    changed((answer) => ({ ...answer, body: answer.body.replace('"aal":2', '"aal":1') })),
  ),
  weakness("A56", "a code is good as long as its window", codesOfOnce()),
  weakness("A57", "a recovery code is good for ever", codesOfOnce()),
  weakness(
    "A58",
    "a factor is turned off without a code",
    instead("DELETE", "/api/second-factor/totp", () => json(204)),
  ),
  weakness(
    "A59",
    "anybody's passkey can be removed",
    instead("DELETE", /^\/api\/passkeys\/./, () => json(204)),
  ),
  weakness("A60", "a passkey's answer is taken without a look at it", async (request, forward) => {
    const answer = await forward(request);
    return isCall(request, "POST", "/api/sign-in/passkey") && answer.status === 400 ? json(200, ENTERED) : answer;
  }),
];
