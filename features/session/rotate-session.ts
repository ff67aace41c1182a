import type { RequestOrigin } from "@/features/audit/request-origin";
import { addSeconds } from "@/lib/clock";
import { advanceGeneration, type Rotation, renewUnconfirmed, type SessionRow } from "./data";
import type { SessionEndReason } from "./end-reason";
import { endSession } from "./end-session";
import { lookUpSession } from "./look-up-session";
import { makeClaims } from "./make-claims";
import { type SessionLifetimes, sessionLifetimes } from "./policy";
import { revocationFeed } from "./revocation-feed";
import type { SessionClaims } from "./session-claims";
import { standing } from "./standing";

/** The successor of the presented cookie, or why there is none. */
export type RotationOutcome = { state: "live"; claims: SessionClaims } | { state: "ended"; reason: SessionEndReason };

/** A row can move on between looking at it and writing to it; it does so at most a few times within one grace period. */
const MAX_LOOKS = 3;

/**
 * Exchanges the presented generation for its successor (S4 to S6).
 *
 * However many present one generation, the row moves once; the others are given the same successor while they have an
 * excuse: the grace after a rotation (S4), or that nobody has presented the successor yet (S5). A superseded generation
 * without an excuse is a copy, and ends the session for everybody who holds one (S6).
 *
 * @param origin - From where it was presented, for the audit log should it be a copy.
 * @throws When the database can't be asked; then nothing has been decided.
 */
export async function rotateSession(
  presented: SessionClaims,
  now: Date,
  origin?: RequestOrigin,
): Promise<RotationOutcome> {
  const lifetimes = sessionLifetimes();
  const rotation = planRotation(presented, now);
  const moved = await advanceGeneration(rotation);
  return moved ? succeed(presented, moved, lifetimes, now) : joinSuccessor(presented, rotation, lifetimes, origin);
}

/** What a rotation of the presented cookie writes, and what it excuses. */
export function planRotation(presented: Pick<SessionClaims, "sid" | "gen">, now: Date): Rotation {
  const { idleSeconds, graceSeconds } = sessionLifetimes();
  const rotatedAt = revocationFeed().databaseTime(now);
  return {
    id: presented.sid,
    generation: presented.gen,
    now,
    rotatedAt,
    idleExpiresAt: addSeconds(now, idleSeconds),
    graceSince: addSeconds(rotatedAt, -graceSeconds),
  };
}

/** For whoever did not move the row: another request did, or the session is over. */
async function joinSuccessor(
  presented: SessionClaims,
  rotation: Rotation,
  lifetimes: SessionLifetimes,
  origin: RequestOrigin | undefined,
): Promise<RotationOutcome> {
  const { now, graceSince } = rotation;
  for (let look = 1; look <= MAX_LOOKS; look++) {
    const found = await lookUpSession(presented.sid, now);
    if (found.state === "ended") return found;
    const { row } = found;
    switch (standing(presented.gen, row, graceSince)) {
      case "current":
      case "excused":
        return succeed(presented, row, lifetimes, now);
      case "successor_lost":
        if (await renewUnconfirmed({ ...rotation, successor: row.generation })) {
          return succeed(presented, { ...row, idleExpiresAt: rotation.idleExpiresAt }, lifetimes, now);
        }
        break;
      case "reuse":
        return { state: "ended", reason: await endSession(presented, "reuse_detected", now, origin) };
    }
  }
  return { state: "ended", reason: await endSession(presented, "reuse_detected", now, origin) };
}

function succeed(presented: SessionClaims, row: SessionRow, lifetimes: SessionLifetimes, now: Date): RotationOutcome {
  return { state: "live", claims: makeClaims(presented, row.generation, row, row.idleExpiresAt, lifetimes, now) };
}
