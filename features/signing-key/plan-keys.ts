import { addSeconds } from "@/lib/clock";
import type { StoredKey } from "./data";
import { publicationLeadSeconds, retirementSeconds, SIGNING_LIFETIME_SECONDS } from "./policy";

/** What is wanted beyond what age asks for. */
export type KeyWish =
  | { kind: "none" }
  /** A successor, published first. */
  | { kind: "rotate" }
  /** Another key at once in place of `kid`, if that still signs: nobody here can open it. */
  | { kind: "replace_lost"; kid: string }
  /** Another key at once in place of `kid`, if that still signs, and no other one valid any more: it may be in wrong hands. */
  | { kind: "replace_leaked"; kid: string };

/** The steps that lead from the keys as they are to the keys as they should be. */
export interface KeyPlan {
  readonly remove: readonly string[];
  readonly retire: string | null;
  readonly promote: string | null;
  readonly make: "next" | "current" | null;
}

/** Whether there is nothing to do. */
export function isSettled({ remove, retire, promote, make }: KeyPlan): boolean {
  return remove.length === 0 && retire === null && promote === null && make === null;
}

/**
 * Decides what is to be done about the keys. Deciding again after it was done finds nothing to do, so that it does not
 * matter how many ask, or how often.
 *
 * A successor exists only once a rotation has begun. It signs as soon as it was published for long enough; the key before
 * it is then kept for what it signed, and removed.
 */
export function planKeys(keys: readonly StoredKey[], now: Date, wish: KeyWish): KeyPlan {
  const current = keys.find(({ state }) => state === "current");
  const next = keys.find(({ state }) => state === "next");
  const outlived = keys.filter((key) => isOutlived(key, now)).map(({ id }) => id);
  const nothing = { remove: outlived, retire: null, promote: null, make: null };

  if (!current) return next ? { ...nothing, promote: next.id } : { ...nothing, make: "current" };
  if (wish.kind === "replace_leaked" && wish.kid === current.id) {
    // Its successor and predecessors were sealed with the same secrets, in the same table.
    return { ...nothing, remove: keys.map(({ id }) => id), make: "current" };
  }
  if (wish.kind === "replace_lost" && wish.kid === current.id) {
    return { ...nothing, retire: current.id, make: "current" };
  }
  if (next) {
    const known = addSeconds(next.createdAt, publicationLeadSeconds()) <= now;
    return known ? { ...nothing, retire: current.id, promote: next.id } : nothing;
  }
  return wish.kind === "rotate" || isAging(current, now) ? { ...nothing, make: "next" } : nothing;
}

function isOutlived({ state, retiredAt }: StoredKey, now: Date): boolean {
  return state === "previous" && retiredAt !== null && addSeconds(retiredAt, retirementSeconds()) <= now;
}

/** Early by the time that its successor has to be published before, so that it signs for its lifetime and no longer. */
function isAging({ activatedAt, createdAt }: StoredKey, now: Date): boolean {
  const lead = publicationLeadSeconds();
  return addSeconds(activatedAt ?? createdAt, Math.max(SIGNING_LIFETIME_SECONDS - lead, 0)) <= now;
}
