import { newPasskey } from "@/attack/software-authenticator";
import { addPasskey } from "@/features/passkey/add-passkey";
import { registrationOptions } from "@/features/passkey/registration-options";
import { db } from "@/lib/db";
import { newPerson, newSession } from "../session-overview/people";
import { waitingMails } from "../sign-up/mails-of";

/** Where TEST_ENVIRONMENT's AUTH_URL is. */
export const ORIGIN = "http://localhost:3000";

export const now = new Date("2026-01-01T12:00:00.000Z");

export const FROM = { ip: "192.0.2.7", userAgent: "curl/8.5.0" };

/** Somebody who is signed in, and may add a passkey. */
export async function newOwner() {
  const userId = await newPerson();
  const { sid } = await newSession(userId, now);
  return {
    userId,
    person: { userId, sessionId: sid, origin: FROM },
    /** The options for their next passkey. */
    options: (at = now) => registrationOptions({ id: userId, email: "ada@x.test", name: "Ada" }, at),
  };
}

export type Owner = Awaited<ReturnType<typeof newOwner>>;

/** A passkey that an account has. */
export async function ownPasskey(owner: Owner, kind: Parameters<typeof newPasskey>[1] = {}) {
  const passkey = newPasskey(ORIGIN, kind);
  const added = await addPasskey(owner.person, passkey.register(await owner.options()), now);
  if (!added.ok) throw new Error(added.refusal);
  return { passkey, listed: added.value };
}

/** What the audit log tells of a person's passkeys, oldest first, without what the database adds. */
export async function auditOf(userId: string) {
  return db().auditEvent.findMany({
    where: { userId, kind: { startsWith: "passkey_" } },
    orderBy: { id: "asc" },
    select: { kind: true, sessionId: true, ip: true, userAgent: true, details: true },
  });
}

/** The mails of one kind that wait for a person. */
export async function mailsTo(userId: string, kind: string) {
  const { email } = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  return (await waitingMails()).filter((mail) => mail.to === email && mail.kind === kind);
}
