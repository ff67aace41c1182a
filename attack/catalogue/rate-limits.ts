import { randomInt } from "node:crypto";

import { attack } from "../attack";
import { demand, demandStatus, NotApplicable, requireStep } from "../demand";
import { mailboxOf, newAddress, newPassword, newPerson, type Person, signIn } from "../person";
import type { Target } from "../target";

/** NIST SP 800-63B-4 section 3.2.2: so many wrong guesses in a row at one account, and no more. */
const MAX_GUESSES = 100;
const TRIES = 110;
const AT_ONCE = 10;
const BURST = 60;
const MAX_MAILS_AN_HOUR = 5;

/** An address of a network that no other attack comes from: 198.18.0.0/15 is for such tests (RFC 2544). */
const newNetwork = () => `198.${randomInt(18, 20)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;

function limitsOf(target: Target): Target {
  if (!target.limits) throw new NotApplicable("no instance with the rate limits of production");
  return target.limits;
}

/** One wrong guess, as the proxy in front of the target passes it on. */
const guess = (limits: Target, email: string, network: string, headers: Record<string, string> = {}, instance = 0) =>
  limits
    .client(undefined, instance)
    .post("/api/sign-in", { email, password: newPassword() }, { headers: { "x-forwarded-for": network, ...headers } });

/**
 * How many guesses are looked at before one is turned away, and the answer that turned it away. Some at a time: at once is
 * no more than one after the other, says A25.
 */
async function countGuesses(guessAgain: (at: number) => Promise<Response>) {
  let judged = 0;
  for (let at = 0; at < TRIES; at += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => guessAgain(at + index)));
    for (const answer of answers) demandStatus(answer, [401, 429], "a wrong guess");
    judged += answers.filter(({ status }) => status === 401).length;
    const refusal = answers.find(({ status }) => status === 429);
    if (refusal) return { judged, refusal };
  }
  return { judged, refusal: null };
}

/** A22: an account that there is and one that there isn't are locked alike, and the right password changes nothing. */
async function lockoutTells(target: Target): Promise<void> {
  const limits = limitsOf(target);
  const person = await newPerson(target);
  const [known, unknown] = await Promise.all(
    [person.email, newAddress()].map((email) => {
      const network = newNetwork();
      return countGuesses(() => guess(limits, email, network));
    }),
  );
  demand(known?.refusal !== null && unknown?.refusal !== null, `${TRIES} guesses, and the next one is looked at`);
  demand(
    known?.judged === unknown?.judged,
    `a known account takes ${known?.judged} guesses, an unknown one ${unknown?.judged}`,
  );
  const headers = { "x-forwarded-for": newNetwork() };
  const right = await limits.client().post("/api/sign-in", person, { headers });
  demandStatus(right, 429, "the right password of a locked account, in a strange browser");
  for (const answer of [known?.refusal, unknown?.refusal, right]) {
    demand(Number(answer?.headers.get("retry-after")) > 0, "a refusal says not when to come back");
  }
}

/** A23: who guesses locks no owner out. */
async function lockedOutOwner(target: Target): Promise<void> {
  const limits = limitsOf(target);
  const person = await newPerson(target);
  const owner = limits.client();
  const home = { headers: { "x-forwarded-for": newNetwork() } };
  const enter = () => owner.post("/api/sign-in", { email: person.email, password: person.password }, home);
  requireStep(await enter(), 200, "the owner's sign-in");
  const { refusal } = await countGuesses(() => guess(limits, person.email, newNetwork()));
  demand(refusal !== null, `${TRIES} guesses over as many addresses, and the next one is looked at`);
  demandStatus(await enter(), 200, "the owner in a browser that signed in before");
}

/** A24: one account from many addresses, many accounts from one address: both come to an end. */
async function manyGuesses(target: Target): Promise<void> {
  const limits = limitsOf(target);
  const victim = newAddress();
  const spread = await countGuesses(() => guess(limits, victim, newNetwork()));
  demand(spread.judged <= MAX_GUESSES, `${spread.judged} guesses at one account over as many addresses were looked at`);
  const network = newNetwork();
  const stuffed = await countGuesses(() => guess(limits, newAddress(), network));
  demand(stuffed.judged <= MAX_GUESSES, `${stuffed.judged} accounts were tried from one address`);
}

/** A25: at once is no more than one after the other, whichever instance is asked. */
async function burst(target: Target): Promise<void> {
  const limits = limitsOf(target);
  const measured = newAddress();
  const { judged, refusal } = await countGuesses(() => guess(limits, measured, newNetwork()));
  demand(refusal !== null, `${TRIES} guesses, and the next one is looked at`);
  const victim = newAddress();
  const answers = await Promise.all(
    Array.from({ length: BURST }, (_, instance) => guess(limits, victim, newNetwork(), {}, instance)),
  );
  const looked = answers.filter(({ status }) => status === 401).length;
  demand(looked === judged, `of ${BURST} guesses at once ${looked} were looked at, one after the other ${judged}`);
}

/** Headers that a client writes itself, and what stands left of what the proxy added. */
const SPOOFED: readonly ((address: string) => Record<string, string>)[] = [
  (address) => ({ "x-real-ip": address }),
  (address) => ({ forwarded: `for=${address}` }),
  (address) => ({ "cf-connecting-ip": address }),
  (address) => ({ "true-client-ip": address, "x-client-ip": address }),
];

/** A26: nobody chooses what network they are counted with. */
async function spoofedNetworks(target: Target): Promise<void> {
  const limits = limitsOf(target);
  const ways: Readonly<Record<string, (at: number) => [network: string, headers?: Record<string, string>]>> = {
    "headers that a client writes": (at) => [fixed, SPOOFED[at % SPOOFED.length]?.(newNetwork()) ?? {}],
    "entries before the proxy's": () => [`${newNetwork()}, ${fixed}`],
    "addresses of one /64": (at) => [`2001:db8:${prefix}::${(at + 1).toString(16)}`],
    "IPv4 in IPv6's clothes": (at) => [at % 2 === 0 ? mapped : `::ffff:${mapped}`],
  };
  const [fixed, mapped, prefix] = [newNetwork(), newNetwork(), randomInt(1, 65_535).toString(16)];
  for (const [what, way] of Object.entries(ways)) {
    const { judged } = await countGuesses((at) => guess(limits, newAddress(), ...way(at)));
    demand(judged <= MAX_GUESSES, `with ${what}, ${judged} accounts were tried from one network`);
  }
}

/** A27: nobody's mailbox is flooded, and whoever asks is told nothing of it. */
async function mailFlood(target: Target): Promise<void> {
  const mailbox = mailboxOf(target);
  const person: Person = await newPerson(target);
  for (let request = 0; request < 3 * MAX_MAILS_AN_HOUR; request++) {
    const response = await target.client().post("/api/password/forgot", { email: person.email });
    demandStatus(response, [202, 429], "a request for a new password");
  }
  await mailbox.linkTo(person.email, "/reset-password");
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const mails = (await mailbox.to(person.email)).filter(({ links }) => links.some((link) => link.includes("/reset-")));
  demand(mails.length <= MAX_MAILS_AN_HOUR, `${mails.length} mails came within seconds`);
  await signIn(target, person);
}

const needs = ["mailbox", "limits"] as const;

export const rateLimitAttacks = [
  attack("A22", "Keycloak", "A lock that tells accounts apart", lockoutTells, { needs }),
  attack("A23", "ASVS 6.1.1", "Locking the owner out", lockedOutOwner, { needs }),
  attack("A24", "NIST SP 800-63B-4", "Guesses from many addresses, and at many accounts", manyGuesses, {
    needs: ["limits"],
  }),
  attack("A25", "CVE-2026-110861", "Guesses at once", burst, { needs: ["limits"] }),
  attack("A26", "CVE-2026-45364", "Networks that a client makes up", spoofedNetworks, {
    needs: ["limits"],
    heldBy: "tests/lib/client-address.test.ts",
  }),
  attack("A27", "OWASP Forgot Password", "A flood of mails", mailFlood, {
    needs: ["mailbox"],
    heldBy: "tests/features/password-reset/request-password-reset.test.ts",
  }),
];
