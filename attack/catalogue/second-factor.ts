import { attack } from "../attack";
import { demand, demandStatus, requireStep } from "../demand";
import { mailboxOf, newPassword, newSignedIn, resetTokenFor, signIn } from "../person";
import { afterPassword, codeOf, newFactorOwner, wrongCodeOf } from "../second-factor";
import type { Target } from "../target";

const MAX_TRIES = 5;
/** RFC 6238 and NIST SP 800-63B-4 leave room; beyond this an account's codes are open to guessing. */
const MAX_TRIES_OF_ACCOUNT = 20;
const PARALLEL = 16;

const answer = (client: ReturnType<Target["client"]>, code: string) =>
  client.post("/api/sign-in/second-factor", { code });

/** A42: after five wrong codes not even the right one completes this sign-in. */
async function guessedCode(target: Target): Promise<void> {
  const { person, secret } = await newFactorOwner(target);
  const client = await afterPassword(target, person);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    demandStatus(await answer(client, wrongCodeOf(secret)), [401, 429], "a wrong code");
  }
  demandStatus(await answer(client, codeOf(secret, 1)), [401, 429], `the right code after ${MAX_TRIES} wrong ones`);
}

/** A52: tries add up over all sign-ins that wait, also when they come at once. */
async function guessedOverChallenges(target: Target): Promise<void> {
  const { person, secret, recoveryCodes } = await newFactorOwner(target);
  let judged = 0;
  let locked = false;
  while (judged <= MAX_TRIES_OF_ACCOUNT && !locked) {
    const client = await afterPassword(target, person, judged);
    const tries = Array.from({ length: MAX_TRIES - 1 }, () => answer(client, wrongCodeOf(secret)));
    const bodies = await Promise.all((await Promise.all(tries)).map((response) => response.text()));
    judged += bodies.filter((body) => body.includes("invalid_code")).length;
    locked = bodies.some((body) => body.includes("rate_limited"));
  }
  demand(locked, `${judged} wrong codes for one account, and the next one is still looked at`);
  const client = await afterPassword(target, person);
  demandStatus(await answer(client, recoveryCodes[0] ?? ""), 200, "the owner's recovery code meanwhile");
}

/** A53: what somebody has after the password opens nothing. */
async function halfwaySession(target: Target): Promise<void> {
  const { person } = await newFactorOwner(target);
  const client = await afterPassword(target, person);
  for (const path of ["/api/me", "/api/sessions", "/api/passkeys"]) {
    demandStatus(await client.get(path), 401, `${path} after the password alone`);
  }
  demandStatus(await client.post("/api/refresh"), 401, "/api/refresh after the password alone");
  demandStatus(await client.get("/dashboard"), [303, 307], "/dashboard after the password alone");
  const session = await (await client.get("/api/auth/session")).text();
  demand(session === "null" || session === "{}", "Auth.js's session endpoint knows somebody after the password alone");
  const stranger = target.client();
  demandStatus(await answer(stranger, "123456"), 401, "a code from a browser that sent no password");
}

/** A54: no other way in passes by the second factor. */
async function wayAround(target: Target): Promise<void> {
  const { person, accessToken } = await newFactorOwner(target);
  const token = await resetTokenFor(target, person.email);
  const client = target.client();
  const password = newPassword();
  demandStatus(await client.post("/api/password/reset", { token, password }), 204, "a reset");
  demandStatus(await client.get("/api/me"), 401, "the browser that chose a new password");
  const entered = await client.post("/api/sign-in", { email: person.email, password });
  demandStatus(entered, 401, "the new password without the second factor");
  const headers = { authorization: `Bearer ${accessToken}` };
  demandStatus(await target.client().get("/api/me", { headers }), 401, "an access token from before the factor was on");
  const other = await newFactorOwner(target);
  const trusted = await afterPassword(target, other.person);
  await trusted.post("/api/sign-in/second-factor", { code: codeOf(other.secret, 1), trustDevice: true });
  const device = target.client(new Map([...trusted.cookies].filter(([name]) => name.includes("device"))));
  const borrowed = await device.post("/api/sign-in", { email: person.email, password });
  demandStatus(borrowed, 401, "the password with the trusted device of somebody else");
}

/** A55: a session of one factor doesn't do what asks for two. */
async function stepUp(target: Target): Promise<void> {
  const { secret, client: owner } = await newFactorOwner(target);
  const calls = [
    ["POST", "/api/password/change", { currentPassword: "wrong, wrong, wrong and wrong", newPassword: newPassword() }],
    ["DELETE", "/api/account", { password: "wrong, wrong, wrong and wrong" }],
    ["DELETE", "/api/second-factor/totp", { code: wrongCodeOf(secret) }],
  ] as const;
  for (const [method, path, json] of calls) {
    const response = await owner.request(method, path, { json });
    demandStatus(response, [400, 403], `${method} ${path} with wrong proof`);
  }
  const me = (await (await owner.get("/api/me")).json()) as { session: { aal: number } };
  demand(me.session.aal === 2, `the session that turned the factor on is of level ${me.session.aal}`);
  requireStep(await owner.post("/api/refresh"), 200, "a refresh");
  const after = (await (await owner.get("/api/me")).json()) as { session: { aal: number } };
  demand(after.session.aal === 2, "the level is lost with a refresh");
}

/** A56: a code is good once, in its own time. */
async function repeatedCode(target: Target): Promise<void> {
  const { person, secret } = await newFactorOwner(target);
  const code = codeOf(secret, 1);
  const browsers = await Promise.all(
    Array.from({ length: 4 }, (_, instance) => afterPassword(target, person, instance)),
  );
  const answers = await Promise.all(browsers.map((client) => answer(client, code)));
  const entered = answers.filter(({ status }) => status === 200).length;
  demand(entered === 1, `one code completed ${entered} sign-ins`);
  const late = await afterPassword(target, person);
  demandStatus(await answer(late, codeOf(secret, -3)), 401, "a code of a minute and a half ago");
  demandStatus(await answer(late, codeOf(secret, 5)), 401, "a code of two and a half minutes from now");
}

/** A57: a recovery code is good once; new ones put an end to the old. */
async function recoveryCodes(target: Target): Promise<void> {
  const { person, recoveryCodes: codes, client, secret } = await newFactorOwner(target);
  const [first = "", second = ""] = codes;
  demand(
    codes.every((code) => code.replaceAll("-", "").length >= 10),
    "recovery codes are short enough to be guessed",
  );
  const browsers = await Promise.all(Array.from({ length: PARALLEL }, (_, at) => afterPassword(target, person, at)));
  const answers = await Promise.all(browsers.map((browser) => answer(browser, first)));
  const entered = answers.filter(({ status }) => status === 200).length;
  demand(entered === 1, `one recovery code completed ${entered} sign-ins`);
  const replaced = await client.post("/api/second-factor/recovery-codes", { code: codeOf(secret, 1) });
  if (replaced.status !== 200) return;
  const late = await afterPassword(target, person);
  demandStatus(await answer(late, second), 401, "a recovery code from before there were new ones");
}

/** A58: a factor is on once its code was confirmed, and off with another one only. */
async function unconfirmedFactor(target: Target): Promise<void> {
  const begun = await newSignedIn(target);
  requireStep(await begun.client.post("/api/second-factor/totp"), 200, "setting up a second factor");
  await signIn(target, begun.person);
  const { client, secret, person } = await newFactorOwner(target);
  const off = (json?: object) => client.request("DELETE", "/api/second-factor/totp", json ? { json } : {});
  demandStatus(await off(), [400, 403, 415, 422], "turning the factor off without a code");
  demandStatus(await off({ code: wrongCodeOf(secret) }), [400, 403], "turning it off with a wrong code");
  demandStatus(await off({ code: codeOf(secret, 1) }), 204, "turning it off with the right one");
  await signIn(target, person);
  const mails = (await mailboxOf(target).to(person.email)).map(({ subject }) => subject);
  demand(mails.length > 0, "the owner was told nothing");
}

const needs = ["mailbox"] as const;
const heldBy = "tests/http/second-factor.test.ts";

export const secondFactorAttacks = [
  attack("A42", "Kratos", "Guessing a code", guessedCode, { needs, heldBy }),
  attack("A52", "better-auth", "Guessing codes over many sign-ins", guessedOverChallenges, { needs, heldBy }),
  attack("A53", "better-auth, GHSA-4qvm", "Stopping after the password", halfwaySession, { needs, heldBy }),
  attack("A54", "ASVS 6.4.3", "Ways around the second factor", wayAround, { needs, heldBy }),
  attack("A55", "Kratos, GoTrue", "Two factors' rights with one", stepUp, { needs, heldBy }),
  attack("A56", "ASVS 6.5.1", "One code, used twice", repeatedCode, { needs, heldBy }),
  attack("A57", "better-auth", "One recovery code, used twice", recoveryCodes, {
    needs,
    heldBy: "tests/features/second-factor/answer-challenge.test.ts",
  }),
  attack("A58", "ASVS 6.4.4", "A factor on or off without proof", unconfirmedFactor, { needs, heldBy }),
];
