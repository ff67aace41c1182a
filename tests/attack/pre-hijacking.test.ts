import { describe, expect, it } from "vitest";
import { EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { confirmConnection } from "@/features/connection/confirm-connection";
import { disconnect } from "@/features/connection/disconnect";
import { holdIdentity } from "@/features/connection/hold-identity";
import { listConnections } from "@/features/connection/list-connections";
import { requestPasswordReset } from "@/features/password-reset/request-password-reset";
import { resetPassword } from "@/features/password-reset/reset-password";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import {
  answer,
  beginFlow,
  connect,
  enableProviders,
  NOW,
  newIdentity,
  ORIGIN,
} from "../features/connection/identities";
import { newSession } from "../features/session-overview/people";
import { mailedTokens, waitingMails } from "../features/sign-up/mails-of";
import { useDatabase } from "../support/database";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
enableProviders("GOOGLE", "GITHUB");

const ATTACKERS_PASSWORD = "the attacker chose these words";
const OWNERS_PASSWORD = "seven quiet lanterns over water";
let victims = 0;

const newVictim = () => {
  victims += 1;
  return EmailAddressSchema.parse(`victim-${victims}@x.test`);
};
const attackerSignsUp = (email: string) => signUp(SignUpSchema.parse({ email, password: ATTACKERS_PASSWORD }), NOW);
const signIn = (email: string, password: string) =>
  signInWithPassword({ email: EmailAddressSchema.parse(email), password }, NOW);
const ownerAtGoogle = (email: string) => newIdentity({ email });

async function arriveByGoogle(email: string): Promise<UserId> {
  const admitted = await signInWithProvider(ownerAtGoogle(email), NOW);
  if (!admitted.ok) throw new Error(admitted.refusal);
  return admitted.value.userId;
}

/** @see https://www.usenix.org/conference/usenixsecurity22/presentation/sudhodanan Pre-hijacked accounts */
describe("an attacker who was at the victim's address first", () => {
  it("with a password that was never confirmed, has nothing once the owner comes by Google (A36)", async () => {
    const email = newVictim();
    await attackerSignsUp(email);
    const [token = ""] = await mailedTokens(email);
    const userId = await arriveByGoogle(email);

    expect(await signIn(email, ATTACKERS_PASSWORD)).toEqual({ ok: false, refusal: "invalid_credentials" });
    // The owner may press the old mail's button too: it gives the attacker's password no life.
    expect(await verifyEmail(token, NOW, ORIGIN)).toEqual({ ok: false, refusal: "invalid_token" });
    expect(await db().password.count({ where: { userId } })).toBe(0);
    expect(await listConnections(userId)).toHaveLength(1);
  });

  it("with an identity whose provider doesn't vouch for the address, has no link once the owner signs up (A36)", async () => {
    const email = newVictim();
    const attacker = newIdentity({ provider: "github", email, profile: { email_verified: false } });
    await signInWithProvider(attacker, NOW);
    const later = addSeconds(NOW, 1);
    await signUp(SignUpSchema.parse({ email, password: OWNERS_PASSWORD }), later);
    const token = (await mailedTokens(email)).at(-1) ?? "";
    const verified = await verifyEmail(token, later, ORIGIN);
    if (!verified.ok) throw new Error("The owner's own link has to work.");

    expect(await listConnections(verified.value.userId)).toEqual([]);
    expect(await signInWithProvider(attacker, NOW)).toEqual({ ok: false, refusal: "email_not_verified" });
  });

  it("with a sign-up begun after the owner came by Google, gets no password onto the account (A36)", async () => {
    const email = newVictim();
    const userId = await arriveByGoogle(email);
    await attackerSignsUp(email);

    expect(await mailedTokens(email)).toEqual([]);
    expect(await db().password.count({ where: { userId } })).toBe(0);
  });

  it("at a provider that vouches for it falsely, waits before the owner's door for nothing (A36, A65)", async () => {
    const email = newVictim();
    const userId = await arriveByGoogle(email);
    const attacker = newIdentity({ provider: "github", email });
    const token = (await holdIdentity(attacker, NOW)) ?? "";
    const attackersOwn = await newSession(await arriveByGoogle(newVictim()), NOW);
    const acting = { userId: attackersOwn.sub, sessionId: attackersOwn.sid, origin: ORIGIN };

    expect((await confirmConnection(acting, token, NOW)).ok).toBe(false);
    expect(await signInWithProvider(attacker, NOW)).toEqual({ ok: false, refusal: "account_exists" });
    expect((await listConnections(userId)).map(({ provider }) => provider)).toEqual(["google"]);
  });
});

describe("an attacker who was in the victim's account for a while", () => {
  /** The victim's account, with a password, and the attacker's session in it. */
  async function intrusion() {
    const email = newVictim();
    const userId = await arriveByGoogle(email);
    await db().password.create({ data: { userId, hash: "of a password that leaked" } });
    return { email, userId, session: await newSession(userId, NOW) };
  }

  async function ownerResets(email: string): Promise<void> {
    await requestPasswordReset(EmailAddressSchema.parse(email), ORIGIN, NOW);
    const mail = (await waitingMails()).findLast(({ to, kind }) => to === email && kind === "password_reset");
    const token = /\/reset-password\?token=([\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(await resetPassword({ token, password: OWNERS_PASSWORD }, ORIGIN, NOW)).toMatchObject({ ok: true });
  }

  it("and connected an identity, is shown to the owner at the takeover, and put out (A38)", async () => {
    const { email, userId, session } = await intrusion();
    const trojan = newIdentity({ provider: "github", email: "attacker@evil.test" });
    await connect(session, trojan);
    await ownerResets(email);

    // Told twice: when it was connected, and with the reset.
    const told = (await waitingMails()).filter(({ to }) => to === email).map(({ subject }) => subject);
    expect(told).toContain("Github was connected to your account");
    const reset = (await waitingMails()).findLast(({ to, kind }) => to === email && kind === "password_changed");
    expect(reset?.text).toContain("with Github");
    const listed = (await listConnections(userId)).find(({ provider }) => provider === "github");
    expect(listed).toMatchObject({ providerEmail: "attacker@evil.test", isLastSignInMethod: false });

    const attackersNew = await newSession(userId, NOW, { method: "github" });
    const owner = await newSession(userId, NOW);
    const acting = { userId, sessionId: owner.sid, origin: ORIGIN };
    expect((await disconnect(acting, listed?.id ?? "", NOW)).ok).toBe(true);
    expect(await db().session.findUnique({ where: { id: attackersNew.sid } })).toMatchObject({
      endReason: "revoked_by_user",
    });
    expect(await signInWithProvider(trojan, NOW)).not.toMatchObject({ value: { userId } });
  });

  it("and was on the way to connect one, connects nothing after the owner's reset (A37, A38)", async () => {
    const { email, userId, session } = await intrusion();
    const flow = await beginFlow(session, "github");
    await ownerResets(email);
    const outcome = await answer(flow, newIdentity({ provider: "github" }), session);

    expect(outcome?.ok ?? false).toBe(false);
    expect((await listConnections(userId)).map(({ provider }) => provider)).toEqual(["google"]);
  });
});
