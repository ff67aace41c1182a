import type { UserId } from "@/features/account/user-id";
import type { SessionClaims } from "@/features/session/session-claims";
import { type SignInProof, startSession } from "@/features/session/start-session";
import { db } from "@/lib/db";

let people = 0;

/** A person with an account, and nothing else. */
export async function newPerson(): Promise<UserId> {
  people += 1;
  const user = await db().user.create({
    data: { email: `person-${people}@x.test`, emailVerified: new Date(), name: "Person" },
    select: { id: true },
  });
  return user.id as UserId;
}

/** A session of theirs, begun at `now`. */
export async function newSession(userId: UserId, now: Date, proof: Partial<SignInProof> = {}): Promise<SessionClaims> {
  const begun = await startSession(
    { userId, method: "password", aal: 1, amr: ["pwd"], remember: true, userAgent: null, ip: null, ...proof },
    now,
  );
  if (!begun.ok) throw new Error(begun.refusal);
  return begun.value;
}
