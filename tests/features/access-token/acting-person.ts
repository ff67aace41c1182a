import type { ActingClaims } from "@/features/access-token/access-token-claims";
import type { UserId } from "@/features/account/user-id";
import type { SessionClaims } from "@/features/session/session-claims";
import { startSession } from "@/features/session/start-session";
import type { TestDatabase } from "../../support/database";

/** A session that no row stands for. `at` in seconds since the epoch. */
export function sessionAt(at: number): ActingClaims {
  return {
    ...{ sub: "0198c0de-0000-7000-8000-00000000000a" as UserId, sid: "0198c0de-0000-7000-8000-00000000000b", gen: 3 },
    ...{ abs: at + 2_592_000, auth_time: at - 60, aal: 1, amr: ["pwd"], method: "password", roles: ["admin"], cv: 2 },
  };
}

/** Makes a person, and signs them in. */
export async function signIn(database: TestDatabase, now: Date): Promise<SessionClaims> {
  const [user] = await database.query<{ id: string }>(
    `INSERT INTO users (id, email, email_verified, name, updated_at)
     VALUES (gen_random_uuid(), gen_random_uuid() || '@example.com', now(), 'Ada Lovelace', now()) RETURNING id`,
  );
  const proof = { method: "password", aal: 1, amr: ["pwd"], remember: false, userAgent: null, ip: null } as const;
  const started = await startSession({ ...proof, userId: (user?.id ?? "") as UserId }, now);
  if (!started.ok) throw new Error(started.refusal);
  return started.value;
}
