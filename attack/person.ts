import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { NotApplicable, requireStep } from "./demand";
import type { HttpClient } from "./http-client";
import type { Mailbox } from "./mailbox";
import type { Target } from "./target";

/** Somebody with an account at the target. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** A person's browser that is signed in. */
export interface SignedIn {
  readonly person: Person;
  readonly client: HttpClient;
  readonly accessToken: string;
  readonly userId: string;
}

/** Passes every rule for passwords, and is nobody else's. */
export function newPassword(): string {
  return `lantern over ${randomBytes(6).toString("hex")} quiet harbours`;
}

/** An address that nobody has, at a domain that can't exist (RFC 6761). */
export function newAddress(name = "attack"): string {
  return `${name}-${randomBytes(8).toString("hex")}@attack.test`;
}

/** The mailbox of the target, without which the attack can't be carried out. */
export function mailboxOf(target: Target): Mailbox {
  if (!target.mailbox) throw new NotApplicable("no mailbox to read");
  return target.mailbox;
}

const PATIENCE_TRIES = 4;
const RETRY_AFTER_MS = 2_000;

/** A target that is short of something for a moment says so with 503: that is no finding, and the step is taken again. */
async function patiently(step: () => Promise<Response>): Promise<Response> {
  let response = await step();
  for (let tries = 1; response.status === 503 && tries < PATIENCE_TRIES; tries++) {
    await sleep(RETRY_AFTER_MS);
    response = await step();
  }
  return response;
}

/** Signs up, and stops before the address is confirmed. */
export async function signUp(target: Target, wanted: Partial<Person> & { name?: string } = {}): Promise<Person> {
  const person = { email: newAddress(), password: newPassword(), ...wanted };
  requireStep(await patiently(() => target.client().post("/api/sign-up", person)), 202, "sign-up");
  return person;
}

/** Signs up and confirms the address with the mail that comes. */
export async function newPerson(target: Target, wanted: Partial<Person> & { name?: string } = {}): Promise<Person> {
  const mailbox = mailboxOf(target);
  const person = await signUp(target, wanted);
  const { token } = await mailbox.linkTo(person.email, "/verify-email");
  const confirmed = await patiently(() => target.client().post("/api/verify-email", { token }));
  requireStep(confirmed, 200, "the confirmation of an address");
  return person;
}

/** Signs in with the password, in a browser of its own unless one is given. */
export async function signIn(target: Target, person: Person, client: HttpClient = target.client()): Promise<SignedIn> {
  const { email, password } = person;
  const response = await patiently(() => client.post("/api/sign-in", { email, password, remember: true }));
  requireStep(response, 200, "sign-in");
  const { accessToken, user } = (await response.json()) as { accessToken: string; user: { id: string } };
  return { person, client, accessToken, userId: user.id };
}

/** A new person whose browser is signed in. */
export async function newSignedIn(target: Target, wanted?: Parameters<typeof newPerson>[1]): Promise<SignedIn> {
  return signIn(target, await newPerson(target, wanted));
}

/** The name and value of the session cookie that a browser holds. */
export function sessionCookieOf(client: Pick<HttpClient, "cookies">): { name: string; value: string } {
  const found = [...client.cookies].find(([name]) => /^(?:__Host-)?authjs\.session-token$/.test(name));
  if (!found) throw new Error("the sign-in set no session cookie of the name in the contract");
  return { name: found[0], value: found[1] };
}

/** The same browser once more: what somebody has who copied its cookies. */
export function copyOf(target: Target, { client }: Pick<SignedIn, "client">, instance = 0): HttpClient {
  return target.client(client.cookies, instance);
}

/** Asks for a new password and takes the token out of the mail. */
export async function resetTokenFor(target: Target, email: string, known: readonly string[] = []): Promise<string> {
  requireStep(await target.client().post("/api/password/forgot", { email }), 202, "a request for a new password");
  return (await mailboxOf(target).linkTo(email, "/reset-password", known)).token;
}

/** The id of the session that this browser has. */
export async function requireSession({ client }: Pick<SignedIn, "client">): Promise<string> {
  const response = await client.get("/api/me");
  requireStep(response, 200, "/api/me");
  return ((await response.json()) as { session: { id: string } }).session.id;
}
