import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { RevocationFeed } from "@/features/session/revocation-feed";
import { changed, ended, FORGOTTEN_AFTER_MS, newFeed, newHold, SID, USER } from "./held-feed";

const cookie = { sid: SID, sub: USER, cv: 4 };

describe("RevocationFeed.ensure", () => {
  it("reads at most once within the allowed staleness, however many ask", async () => {
    const { hand, feed, pass } = newFeed();
    await feed.ensure(1);
    pass(1_000);
    await Promise.all(Array.from({ length: 100 }, () => feed.ensure(1)));

    expect(hand.readings).toHaveLength(1);
    pass(1);
    await Promise.all(Array.from({ length: 100 }, () => feed.ensure(1)));
    expect(hand.readings).toHaveLength(2);
  });

  it("does not read while nobody asks", async () => {
    const { hand, feed, pass } = newFeed();
    pass(3_600_000);

    expect(hand.readings).toEqual([]);
    expect(await feed.ensure(1)).toBe("current");
  });

  it("with no staleness allowed, waits for a reading that began after it was asked", async () => {
    const { hand, feed, pass } = newFeed();
    const { hold, release } = newHold();
    hand.hold = hold;
    const first = feed.ensure(0);
    pass(5);
    hand.entries.push(ended());
    const [second, third] = [feed.ensure(0), feed.ensure(0)];
    hand.hold = null;
    release();
    await first;

    expect(await Promise.all([second, third])).toEqual(["current", "current"]);
    expect(hand.readings).toHaveLength(2);
    expect(feed.verdict(cookie)).toEqual({ kind: "ended", reason: "signed_out" });
  });

  it("joins the reading under way when that is new enough for it", async () => {
    const { hand, feed, pass } = newFeed();
    const { hold, release } = newHold();
    hand.hold = hold;
    const first = feed.ensure(1);
    pass(900);
    const second = feed.ensure(1);
    release();
    await Promise.all([first, second]);

    expect(hand.readings).toHaveLength(1);
  });

  it("looks far back at first, and by the overlap before the last reading from then on, in the database's time", async () => {
    const { hand, feed, pass } = newFeed();
    await feed.ensure(1);
    pass(5_000);
    await feed.ensure(1);
    hand.databaseMs += 3_600_000;
    pass(2_000);
    await feed.ensure(1);

    expect(hand.readings).toEqual([null, 15, 3_612]);
  });

  it("is aged for the outage's grace after the last good reading, and unavailable from then on (S10)", async () => {
    const { hand, feed, pass } = newFeed();
    await feed.ensure(1);
    hand.away = true;
    pass(1_000);
    expect(await feed.ensure(1)).toBe("current");
    pass(1);
    expect(await feed.ensure(1)).toBe("aged");
    pass(58_999);
    expect(await feed.ensure(1)).toBe("aged");
    pass(1);
    expect(await feed.ensure(1)).toBe("unavailable");

    hand.away = false;
    expect(await feed.ensure(1)).toBe("current");
  });

  it("is unavailable at once where no staleness is allowed, and before anything was read", async () => {
    const { hand, feed } = newFeed();
    hand.away = true;
    expect(await feed.ensure(1)).toBe("unavailable");
    hand.away = false;
    await feed.ensure(1);
    hand.away = true;
    expect(await feed.ensure(0)).toBe("unavailable");
  });

  it("asks again after a failure, and finds what it has missed meanwhile", async () => {
    const { hand, feed, pass } = newFeed();
    await feed.ensure(1);
    hand.away = true;
    pass(30_000);
    await feed.ensure(1);
    hand.away = false;
    hand.entries.push(ended());
    await feed.ensure(1);

    expect(hand.readings).toEqual([null, 40, 40]);
    expect(feed.verdict(cookie).kind).toBe("ended");
  });

  it("reads one at a time, also for those who ask between two readings", async () => {
    const { hand, pass } = newFeed();
    let open = 0;
    let most = 0;
    const watched = new RevocationFeed({
      nowMs: () => hand.nowMs,
      read: async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setImmediate(resolve));
        open--;
        return { at: new Date(hand.databaseMs), entries: [] };
      },
    });
    const asked: Promise<unknown>[] = [];
    for (let round = 0; round < 50; round++) {
      pass(1);
      // One of them asks just as the answer before has arrived.
      asked.push(watched.ensure(0).then(() => watched.ensure(0)));
      for (let turn = 0; turn < round % 7; turn++) await Promise.resolve();
    }
    await Promise.all(asked);

    expect(most).toBe(1);
  });
});

describe("RevocationFeed.verdict", () => {
  it("knows ends and newer claims, and nothing else", async () => {
    const { hand, feed, pass } = newFeed();
    hand.entries.push(changed(4));
    await feed.ensure(1);
    expect(feed.verdict(cookie)).toEqual({ kind: "nothing" });
    hand.entries.push(changed(5));
    pass(2_000);
    await feed.ensure(1);
    expect(feed.verdict(cookie)).toEqual({ kind: "claims_changed" });
    expect(feed.verdict({ ...cookie, cv: 5 })).toEqual({ kind: "nothing" });
    hand.entries.push(ended(SID, "revoked_by_admin"));
    pass(2_000);
    await feed.ensure(1);
    expect(feed.verdict(cookie)).toEqual({ kind: "ended", reason: "revoked_by_admin" });
    expect(feed.verdict({ ...cookie, sid: USER, sub: SID as UserId })).toEqual({ kind: "nothing" });
  });

  it("has what this instance did itself at once, and keeps its first reason", async () => {
    const { hand, feed, pass } = newFeed();
    feed.noteEnded([SID], "reuse_detected");
    expect(feed.verdict(cookie)).toEqual({ kind: "ended", reason: "reuse_detected" });
    hand.entries.push(ended(SID, "signed_out"));
    pass(2_000);
    await feed.ensure(1);
    expect(feed.verdict(cookie)).toEqual({ kind: "ended", reason: "reuse_detected" });
    feed.noteClaims(USER, 9);
    feed.noteClaims(USER, 7);
    expect(feed.verdict({ ...cookie, sid: USER, cv: 8 })).toEqual({ kind: "claims_changed" });
  });

  it("forgets once no cookie from before can be inside its window, and not earlier", async () => {
    const { feed, pass } = newFeed();
    feed.noteEnded([SID], "signed_out");
    pass(FORGOTTEN_AFTER_MS - 1);
    await feed.ensure(1);
    expect(feed.verdict(cookie).kind).toBe("ended");
    pass(1_001);
    await feed.ensure(1);
    expect(feed.verdict(cookie).kind).toBe("nothing");
  });

  it("forgets the others, however often one person's claims change", async () => {
    const { feed, pass } = newFeed();
    for (let version = 1; version <= 10; version++) {
      feed.noteClaims(USER, version);
      for (let other = 0; other < 100; other++) feed.noteClaims(`${version}-${other}`, 1);
      pass(FORGOTTEN_AFTER_MS / 2);
      await feed.ensure(1);
    }

    expect(feed.metrics().entries).toBeLessThanOrEqual(201);
  });
});

describe("RevocationFeed.metrics", () => {
  it("tells the worst age at which a decision was taken, the ones of an outage included", async () => {
    const { hand, feed, pass } = newFeed();
    await feed.ensure(1);
    pass(700);
    await feed.ensure(1);
    expect(feed.metrics()).toEqual({ ageMs: 700, worstStalenessMs: 700, entries: 0 });
    hand.away = true;
    pass(40_000);
    expect(await feed.ensure(1)).toBe("aged");
    expect(feed.metrics()).toEqual({ ageMs: 40_700, worstStalenessMs: 40_700, entries: 0 });
  });

  it("counts the time that a reading took", async () => {
    const { hand, feed, pass } = newFeed();
    const { hold, release } = newHold();
    hand.hold = hold;
    const asked = feed.ensure(0);
    pass(300);
    release();
    await asked;

    expect(feed.metrics().worstStalenessMs).toBe(300);
  });
});
