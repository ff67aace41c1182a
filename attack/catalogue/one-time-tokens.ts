import { attack, fromInside } from "../attack";
import { demand, demandStatus, requireStep } from "../demand";
import {
  mailboxOf,
  newAddress,
  newPassword,
  newPerson,
  newSignedIn,
  type Person,
  resetTokenFor,
  signIn,
  signUp,
} from "../person";
import type { Target } from "../target";

const reset = (target: Target, token: unknown, password: unknown = newPassword(), more: object = {}) =>
  target.client().post("/api/password/reset", { token, password, ...more });
const attempt = (target: Target, person: Person) => target.client().post("/api/sign-in", person);

const SAMPLES = 4;
/** 128 bits in base64url. */
const MIN_TOKEN_LENGTH = 22;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** A40: tokens are long, random, and have nothing in common. */
async function tokenEntropy(target: Target): Promise<void> {
  const { email } = await newPerson(target);
  const tokens: string[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) tokens.push(await resetTokenFor(target, email, tokens));
  for (const token of tokens) {
    demand(token.length >= MIN_TOKEN_LENGTH, `a token has ${token.length} characters: fewer than 128 bits`);
    demand(!UUID.test(token), "a token is a UUID");
    demand(new Set(token).size > token.length / 3, "a token repeats few characters");
  }
  const [first = "", ...others] = tokens;
  const alike = [...first].filter((character, at) => others.every((other) => other[at] === character)).length;
  demand(alike <= 2, `${alike} characters stand at the same place in all of ${SAMPLES} tokens`);
}

const PARALLEL_USES = 16;

/** A43: of many who use one link at once, one gets through. */
async function parallelUse(target: Target): Promise<void> {
  const { email } = await newPerson(target);
  const token = await resetTokenFor(target, email);
  const passwords = Array.from({ length: PARALLEL_USES }, newPassword);
  const answers = await Promise.all(
    passwords.map((password, instance) =>
      target.client(undefined, instance).post("/api/password/reset", { token, password }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  const won = statuses.filter((status) => status === 204).length;
  demand(won === 1, `${won} of ${PARALLEL_USES} uses of one link at once got through`);
  const password = passwords[statuses.indexOf(204)] ?? "";
  demandStatus(await attempt(target, { email, password }), 200, "the password of the one that got through");
}

/** A44: a newer link takes an older one's place, and a changed password that of all; a sign-in does not. */
async function olderLinks(target: Target): Promise<void> {
  const person = await newPerson(target);
  const older = await resetTokenFor(target, person.email);
  const newer = await resetTokenFor(target, person.email, [older]);
  demandStatus(await reset(target, older), 400, "an older link");
  const { client } = await signIn(target, person);
  const newPass = newPassword();
  const change = { currentPassword: person.password, newPassword: newPass };
  requireStep(await client.post("/api/password/change", change), 204, "a password change");
  demandStatus(await reset(target, newer), 400, "a link from before the password changed");

  const third = await resetTokenFor(target, person.email, [older, newer]);
  requireStep(await attempt(target, { email: person.email, password: newPass }), 200, "sign-in");
  demandStatus(await reset(target, third), 204, "a link after a mere sign-in");
  demandStatus(await reset(target, third), 400, "a link that was used");
}

/** A45: a token is good for its own purpose and person, in its own spelling; what fails otherwise doesn't use it up. */
async function misusedTokens(target: Target): Promise<void> {
  const { email } = await newPerson(target);
  const token = await resetTokenFor(target, email);
  const pending = await signUp(target);
  const verification = (await mailboxOf(target).linkTo(pending.email, "/verify-email")).token;
  const verify = (value: unknown) => target.client().post("/api/verify-email", { token: value });
  demandStatus(await verify(token), 400, "a reset token at the confirmation");
  demandStatus(await reset(target, verification), 400, "a confirmation token at the reset");
  demandStatus(
    await target.client().post("/api/email/confirm", { token }),
    400,
    "a reset token at a change of address",
  );
  for (const twisted of [[token], { token }, null, true, 1, { contains: "" }, { not: "x" }]) {
    demandStatus(await reset(target, twisted), [400, 422], `the token ${JSON.stringify(twisted).slice(0, 20)}`);
  }
  const swapped = token.toUpperCase() === token ? token.toLowerCase() : token.toUpperCase();
  for (const twisted of [swapped, `${token}=`, ` ${token}`, `${token}%00`, token.slice(1), ""]) {
    demandStatus(await reset(target, twisted), [400, 422], "a token in another spelling");
  }
  demandStatus(
    await reset(target, token, newPassword(), { email: newAddress() }),
    422,
    "a token with another's address",
  );
  demandStatus(await reset(target, token, "short"), 422, "a token with a password that isn't taken");
  demandStatus(await reset(target, token), 204, "the token after all that");
}

/** A46: what looks at links for people (scanners, previews) changes nothing by it, and the page keeps the token to itself. */
async function openedLinks(target: Target): Promise<void> {
  const person = await signUp(target);
  const { token } = await mailboxOf(target).linkTo(person.email, "/verify-email");
  for (const method of ["GET", "HEAD", "GET"]) {
    const headers: Record<string, string> = { purpose: "prefetch", "sec-purpose": "prefetch" };
    const page = await target.client().request(method, `/verify-email?token=${token}`, { headers });
    demandStatus(page, 200, `${method} of a mailed link`);
    demand(/no-store/.test(page.headers.get("cache-control") ?? ""), "the page of a mailed link may be stored");
    const policy = page.headers.get("referrer-policy") ?? "";
    demand(
      /^(?:no-referrer|same-origin|strict-origin)$/.test(policy),
      `the page sends its address on: ${policy || "no Referrer-Policy"}`,
    );
    const loaded = /<(?:script|img|iframe|link)\b[^>]*(?:src|href)="https?:\/\/([^/"]+)/g;
    const hosts = [...(method === "GET" ? await page.text() : "").matchAll(loaded)].map(([, host]) => host);
    const foreign = hosts.find((host) => host !== new URL(target.origin).host);
    demand(foreign === undefined, `the page loads something from ${foreign}`);
  }
  demandStatus(await attempt(target, person), 403, "sign-in after the link was only opened");
  demandStatus(await target.client().post("/api/verify-email", { token }), 200, "the confirmation by its button");
}

/** A47: a password changes only for who knows the present one. */
async function changeWithoutPassword(target: Target): Promise<void> {
  const { client, person } = await newSignedIn(target);
  const change = (body: object) => client.post("/api/password/change", body);
  const wanted = newPassword();
  demandStatus(await change({ newPassword: wanted }), [403, 422], "a change without the present password");
  demandStatus(await change({ currentPassword: "", newPassword: wanted }), [403, 422], "a change with an empty one");
  demandStatus(
    await change({ currentPassword: "not the present one at all", newPassword: wanted }),
    403,
    "a change with a wrong one",
  );
  demandStatus(await attempt(target, { email: person.email, password: wanted }), 401, "the password that was wanted");
  demandStatus(await attempt(target, person), 200, "the present password");
}

/** A49: the owner hears of what matters, and the mail holds nothing secret. */
async function notices(target: Target): Promise<void> {
  const { client, person } = await newSignedIn(target);
  await signIn(target, person);
  const wanted = newPassword();
  const change = { currentPassword: person.password, newPassword: wanted };
  requireStep(await client.post("/api/password/change", change), 204, "a password change");
  const deadlineMs = Date.now() + 8_000;
  let mails = await mailboxOf(target).to(person.email);
  const told = (what: RegExp) => mails.some(({ subject }) => what.test(subject));
  while (!(told(/password/i) && told(/device/i)) && Date.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    mails = await mailboxOf(target).to(person.email);
  }
  demand(told(/password/i), "no mail tells of the changed password");
  demand(told(/device/i), "no mail tells of the sign-in on another device");
  const secrets = [person.password, wanted, ...client.cookies.values()].filter((secret) => secret.length > 12);
  demand(
    !mails.some(({ text, html }) => secrets.some((secret) => `${text}${html}`.includes(secret))),
    "a mail holds a secret",
  );
}

const needs = ["mailbox"] as const;

export const oneTimeTokenAttacks = [
  attack("A40", "ASVS 7.2.3, 11.5.1", "Tokens that can be guessed", tokenEntropy, {
    needs,
    heldBy: "tests/features/password-reset/request-password-reset.test.ts",
  }),
  fromInside("A41", "OWASP", "A token one second late", "tests/features/password-reset/reset-password.test.ts"),
  attack("A43", "Kratos, better-auth", "One link, used many times at once", parallelUse, { needs }),
  attack("A44", "Kratos, GoTrue", "Links from before", olderLinks, { needs }),
  attack("A45", "GoTrue, better-auth", "Tokens in the wrong place or spelling", misusedTokens, { needs }),
  attack("A46", "OWASP Forgot Password", "Links that others open", openedLinks, { needs }),
  attack("A47", "ASVS 6.2.3, 7.5.1", "A new password without the present one", changeWithoutPassword, { needs }),
  attack("A49", "ASVS 6.3.5, 6.3.7", "What the owner is not told", notices, {
    needs,
    heldBy: "tests/features/password-change/change-password.test.ts",
  }),
  fromInside(
    "A50",
    "ASVS 11.2.2, Auth.js",
    "Weak secrets and old hashes",
    "tests/features/password-change/overtaken-sign-in.test.ts",
  ),
];
