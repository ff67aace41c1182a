import type { UserId } from "@/features/account/user-id";
import type { FeedEntry } from "@/features/session/data";
import { RevocationFeed } from "@/features/session/revocation-feed";

export const SID = "01942000-0000-7000-8000-000000000001";
export const USER = "01942000-0000-7000-8000-000000000002" as UserId;
export const ended = (sessionId = SID, endReason = "signed_out"): FeedEntry => ({
  ...{ sessionId, endReason, userId: null, claimsVersion: null },
});
export const changed = (claimsVersion: number): FeedEntry => ({
  ...{ sessionId: null, endReason: null, userId: USER, claimsVersion },
});
/** Longer than any entry is kept: window, access token, tolerance and overlap. */
export const FORGOTTEN_AFTER_MS = (900 + 300 + 2 * 15 + 10) * 1000;

/** A feed over a table and two clocks that the test holds in its hand. */
export function newFeed() {
  const hand = {
    nowMs: 1_000_000,
    databaseMs: Date.parse("2026-01-01T12:00:00Z"),
    entries: [] as FeedEntry[],
    away: false,
    /** What each reading asked for: seconds before the database's time. */
    readings: [] as (number | null)[],
    /** While set, a reading answers only when this does. */
    hold: null as Promise<void> | null,
  };
  const feed = new RevocationFeed({
    nowMs: () => hand.nowMs,
    read: async (since) => {
      hand.readings.push(since && (hand.databaseMs - since.getTime()) / 1000);
      const entries = [...hand.entries];
      const { away } = hand;
      await hand.hold;
      if (away) throw new Error("away");
      return { at: new Date(hand.databaseMs), entries };
    },
  });
  const pass = (ms: number) => {
    hand.nowMs += ms;
    hand.databaseMs += ms;
  };
  return { hand, feed, pass };
}

export function newHold() {
  let release = () => {};
  const hold = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { hold, release };
}
