import { afterEach, describe, expect, it } from "vitest";
import type { UserId } from "@/features/account/user-id";
import { RevocationFeed } from "@/features/session/revocation-feed";
import { rotateSession } from "@/features/session/rotate-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { startSession } from "@/features/session/start-session";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";

useDatabase();

const shared = globalThis as { latchkeyRevocationFeed?: RevocationFeed | undefined };

/** From here on this process is an instance whose clock is off by so much, and which has read the feed. */
async function becomeInstance(skewSeconds: number): Promise<() => Date> {
  shared.latchkeyRevocationFeed = new RevocationFeed({ wallMs: () => Date.now() + skewSeconds * 1000 });
  await shared.latchkeyRevocationFeed.ensure(1);
  return () => addSeconds(new Date(), skewSeconds);
}

async function signIn(): Promise<SessionClaims> {
  const user = await db().user.create({
    data: { email: `${crypto.randomUUID()}@x.test`, emailVerified: new Date() },
    select: { id: true },
  });
  const proof = { method: "password", aal: 1, amr: ["pwd"], remember: true, userAgent: null, ip: null } as const;
  const begun = await startSession({ ...proof, userId: user.id as UserId }, new Date());
  if (!begun.ok) throw new Error(begun.refusal);
  return begun.value;
}

afterEach(() => {
  shared.latchkeyRevocationFeed = undefined;
});

describe("a tab that comes late to an instance whose clock differs", () => {
  it.each([
    [0, 12],
    [0, 60],
    [-60, 0],
    [60, -60],
  ])("is excused within the grace (first instance %i s off, second %i s)", async (first, second) => {
    const claims = await signIn();
    const here = await becomeInstance(first);
    const winner = await rotateSession(claims, here());
    // The successor is presented: from now on only the grace excuses its predecessor.
    await db().session.updateMany({ where: { id: claims.sid }, data: { confirmedGeneration: 1 } });
    const there = await becomeInstance(second);

    expect(winner).toMatchObject({ state: "live", claims: { gen: 1 } });
    expect(await rotateSession(claims, there())).toMatchObject({ state: "live", claims: { gen: 1 } });
  });

  it("is still found out after the grace, by an instance whose clock is behind", async () => {
    const claims = await signIn();
    const here = await becomeInstance(0);
    await rotateSession(claims, here());
    await db().session.updateMany({
      where: { id: claims.sid },
      data: { confirmedGeneration: 1, recentRotations: [addSeconds(new Date(), -11)] },
    });
    const there = await becomeInstance(-60);

    expect(await rotateSession(claims, there())).toEqual({ state: "ended", reason: "reuse_detected" });
  });
});
