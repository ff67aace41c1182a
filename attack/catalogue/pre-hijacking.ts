import { setTimeout as sleep } from "node:timers/promises";

import { attack } from "../attack";
import { demand, demandStatus, requireStep } from "../demand";
import { mailboxOf, newAddress, newPassword, newPerson, newSignedIn, resetTokenFor, signUp } from "../person";
import { type CreationOptions, newPasskey, type RequestOptions } from "../software-authenticator";
import type { Target } from "../target";

const STALENESS_MS = 1_500;

/** The victim comes back by the mailbox, which the attacker doesn't have. */
async function ownerResets(target: Target, email: string): Promise<void> {
  const token = await resetTokenFor(target, email);
  const reset = await target.client().post("/api/password/reset", { token, password: newPassword() });
  requireStep(reset, 204, "the owner's reset");
}

/** A36: a password that somebody else left at the victim's address is no password of the victim's account. */
async function squattedAddress(target: Target): Promise<void> {
  const attacker = await signUp(target, { email: newAddress("victim") });
  const first = await mailboxOf(target).linkTo(attacker.email, "/verify-email");
  const owner = await signUp(target, { email: attacker.email });
  const second = await mailboxOf(target).linkTo(attacker.email, "/verify-email", [first.token]);
  const verified = await target.client().post("/api/verify-email", { token: second.token });
  requireStep(verified, 200, "the owner's confirmation");
  const { email } = attacker;
  const attempt = (password: string) => target.client().post("/api/sign-in", { email, password });
  demandStatus(await attempt(attacker.password), 401, "the password of whoever was there first");
  const late = await target.client().post("/api/verify-email", { token: first.token });
  demandStatus(late, 400, "the first mail's link after the owner's confirmation");
  demandStatus(await attempt(attacker.password), 401, "the first password after that");
  demandStatus(await attempt(owner.password), 200, "the owner's password");
}

/** A37: a session from before the owner's recovery is over. */
async function lastingSession(target: Target): Promise<void> {
  const intruder = await newSignedIn(target);
  await ownerResets(target, intruder.person.email);
  await sleep(STALENESS_MS);
  demandStatus(await intruder.client.get("/api/me"), 401, "the intruder's session");
  demandStatus(await intruder.client.post("/api/refresh"), 401, "the intruder's refresh");
  const headers = { authorization: `Bearer ${intruder.accessToken}` };
  demandStatus(await target.client().get("/api/me", { headers }), 401, "the intruder's access token");
}

/** A38: another key to the account that the intruder left is gone after the recovery, or the owner is told of it. */
async function trojanPasskey(target: Target): Promise<void> {
  const { client, person } = await newSignedIn(target);
  const options = await client.post("/api/passkeys/registration-options");
  requireStep(options, 200, "passkey options");
  const passkey = newPasskey(target.origin);
  const added = await client.post("/api/passkeys", passkey.register((await options.json()) as CreationOptions));
  requireStep(added, 201, "the registration of a passkey");
  await ownerResets(target, person.email);
  const request = await target.client().post("/api/passkeys/authentication-options");
  const answer = passkey.answer((await request.json()) as RequestOptions);
  const entered = await target.client().post("/api/sign-in/passkey", answer);
  if (entered.status !== 200) return;
  await sleep(STALENESS_MS);
  const told = (await mailboxOf(target).to(person.email)).filter(({ subject }) => /password/i.test(subject));
  demand(
    told.some(({ text }) => /passkey/i.test(text)),
    "the intruder's passkey still opens the account after the owner's reset, and no mail about it says so",
  );
}

/** A39: a change of address that an intruder began is void after the recovery. */
async function waitingChange(target: Target): Promise<void> {
  const { client, person } = await newSignedIn(target);
  const attackers = newAddress("attacker");
  const begun = await client.post("/api/email/change", { email: attackers, password: person.password });
  requireStep(begun, 202, "a change of address");
  const { token } = await mailboxOf(target).linkTo(attackers, "/confirm-email");
  await ownerResets(target, person.email);
  demandStatus(await target.client().post("/api/email/confirm", { token }), 400, "the intruder's confirmation");
}

/** A48: an address changes only with the password, once the new one is confirmed, and the old one is told. */
async function addressChange(target: Target): Promise<void> {
  const { client, person } = await newSignedIn(target);
  const taken = await newPerson(target);
  const wanted = newAddress();
  const change = (email: string, password: string) => client.post("/api/email/change", { email, password });
  demandStatus(await change(wanted, "not the password of this person"), 403, "a change with a wrong password");
  const [free, used] = [await change(wanted, person.password), await change(taken.email, person.password)];
  demandStatus(free, 202, "a change of address");
  demand(used.status === free.status, `a taken address answers ${used.status}, a free one ${free.status}`);
  const attempt = (email: string) => target.client().post("/api/sign-in", { email, password: person.password });
  demandStatus(await attempt(wanted), 401, "the new address before it is confirmed");
  demandStatus(await attempt(person.email), 200, "the old address before the new one is confirmed");
}

const needs = ["mailbox"] as const;

export const preHijackingAttacks = [
  attack("A36", "CVE-2026-53516, USENIX 2022", "A password left at the victim's address", squattedAddress, {
    needs,
    heldBy: "tests/attack/pre-hijacking.test.ts",
  }),
  attack("A37", "USENIX 2022", "A session from before the recovery", lastingSession, { needs }),
  attack("A38", "USENIX 2022", "A key to the account left behind", trojanPasskey, {
    needs,
    heldBy: "tests/attack/pre-hijacking.test.ts",
  }),
  attack("A39", "USENIX 2022", "A change of address that waits", waitingChange, { needs }),
  attack("A48", "GoTrue", "An address that changes too easily", addressChange, {
    needs,
    heldBy: "tests/features/email-change/undo-email-change.test.ts",
  }),
];
