import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { requestEmailChange } from "@/features/email-change/request-email-change";
import { MailContentSchema } from "@/features/mail/mail-content";
import { hashPassword } from "@/features/password/hash-password";
import { startSession } from "@/features/session/start-session";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { unseal } from "@/lib/crypto/seal";
import { db } from "@/lib/db";

export const now = new Date("2026-01-01T12:00:00.000Z");
export const PASSWORD = "correct horse battery";
export const origin = { ip: "192.0.2.1", userAgent: "Test/1" };
export const address = (value: string): EmailAddress => EmailAddressSchema.parse(value);

/** Somebody with an account and a session, about to move to another address. */
export interface Mover {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly email: EmailAddress;
}

let passwordHash: Promise<string> | null = null;

/** An account, with the password unless told otherwise, that has signed in at `now`. */
export async function newMover(email = "old@x.test", options: { password?: boolean } = {}): Promise<Mover> {
  passwordHash ??= hashPassword(PASSWORD);
  const password = options.password === false ? {} : { password: { create: { hash: await passwordHash } } };
  const user = await db().user.create({ data: { email, emailVerified: now, ...password }, select: { id: true } });
  const userId = user.id as UserId;
  const proof = { userId, method: "password", aal: 1 as const, amr: ["pwd"], remember: true, ...origin };
  const begun = await startSession(proof, now);
  if (!begun.ok) throw new Error(begun.refusal);
  return { userId, sessionId: begun.value.sid, email: address(email) };
}

/** Asks for another address, with the right password unless told otherwise. */
export function ask(
  { userId, sessionId }: Mover,
  email: string,
  options: { password?: string | null; authTime?: Date; at?: Date } = {},
) {
  const { password = PASSWORD, authTime = now, at = now } = options;
  const request = { userId, sessionId, authTime: epochSeconds(authTime), email: address(email), password, origin };
  return requestEmailChange(request, at);
}

/** The tokens of the links to `path` that wait in the outbox for an address, in the order in which they were written. */
export async function tokensTo(recipient: string, path: "/confirm-email" | "/undo-email-change"): Promise<string[]> {
  const rows = await db().outgoingMail.findMany({
    where: { recipient },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ id, sealedContent }) => {
    const content = sealedContent && MailContentSchema.parse(JSON.parse(unseal("mail-content", sealedContent, id)));
    const link = content?.action && new URL(content.action.url);
    return link?.pathname === path ? [link.searchParams.get("token") ?? ""] : [];
  });
}

let asked = 0;

/** The token of a change that was just asked for. Each is asked for a second after the last, which orders their mails. */
export async function confirmTokenFor(mover: Mover, email: string): Promise<string> {
  asked += 1;
  const answer = await ask(mover, email, { at: addSeconds(now, asked) });
  if (!answer.ok) throw new Error(answer.refusal);
  return (await tokensTo(email, "/confirm-email")).at(-1) ?? "";
}

/** The address that an account has. */
export async function emailOf({ userId }: Pick<Mover, "userId">): Promise<string | undefined> {
  return (await db().user.findUnique({ where: { id: userId }, select: { email: true } }))?.email;
}

/** What the audit log tells of somebody after their sign-in, oldest first. */
export async function eventsOf({ userId }: Pick<Mover, "userId">) {
  const select = { kind: true, sessionId: true, ip: true, userAgent: true };
  return await db().auditEvent.findMany({
    where: { userId, kind: { not: "signed_in" } },
    orderBy: { id: "asc" },
    select,
  });
}

/** Empties what these tests fill. The audit log keeps everything. */
export async function clear(): Promise<void> {
  await db().user.deleteMany();
  await db().signUp.deleteMany();
  await db().outgoingMail.deleteMany();
  await db().magicLink.deleteMany();
  await db().revocationFeedEntry.deleteMany();
}
