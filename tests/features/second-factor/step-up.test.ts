import { describe, expect, it } from "vitest";

import { stepUp } from "@/features/second-factor/step-up";
import { endSession } from "@/features/session/end-session";
import { rotateSession } from "@/features/session/rotate-session";
import { startSession } from "@/features/session/start-session";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { now, proofOf } from "../session/person";
import { codeAt, newOwner, newTrustedDevice, ORIGIN, wrongCodeAt } from "./factor";

useDatabase();

const later = addSeconds(now, 20);

/** Signed in on one factor, in a browser that its owner trusts. */
async function onOneFactor() {
  const owner = await newOwner();
  const trustedDeviceToken = await newTrustedDevice(owner.userId);
  const begun = await startSession(proofOf(owner.userId, { trustedDeviceToken }), now);
  if (!begun.ok) throw new Error(begun.refusal);
  return { ...owner, claims: begun.value };
}

describe("stepUp", () => {
  it("raises the session, which stays the same one, and lasts through refreshes (A55)", async () => {
    const { claims, secret } = await onOneFactor();
    const raised = await stepUp(claims, codeAt(secret, later), ORIGIN, later);
    if (raised.outcome !== "raised") throw new Error(raised.outcome);

    const proven = { sid: claims.sid, aal: 2, amr: ["pwd", "otp", "mfa"], auth_time: epochSeconds(later) };
    expect(raised.claims).toMatchObject({ ...proven, gen: 1 });
    expect(await db().session.findUniqueOrThrow({ where: { id: claims.sid } })).toMatchObject({
      ...{ aal: 2, amr: ["pwd", "otp", "mfa"], authenticatedAt: later, generation: 1 },
    });
    const rotated = await rotateSession(raised.claims, addSeconds(later, 1000));
    expect(rotated).toMatchObject({ state: "live", claims: { ...proven, gen: 2 } });
  });

  it("raises no copy of the cookie from before, though the grace lets it continue", async () => {
    const { claims, secret } = await onOneFactor();
    await stepUp(claims, codeAt(secret, later), ORIGIN, later);

    expect(await rotateSession(claims, addSeconds(later, 5))).toMatchObject({
      state: "live",
      claims: { aal: 1, amr: ["pwd"], auth_time: epochSeconds(now) },
    });
  });

  it("leaves it as it is after a wrong code, which counts (A52)", async () => {
    const { userId, claims, secret } = await onOneFactor();

    expect(await stepUp(claims, wrongCodeAt(secret, now), ORIGIN, now)).toEqual({ outcome: "invalid_code" });
    expect(await db().session.findUniqueOrThrow({ where: { id: claims.sid } })).toMatchObject({ aal: 1 });
    expect(await db().secondFactorTries.findUniqueOrThrow({ where: { userId } })).toMatchObject({ failures: 1 });
  });

  it("raises none that has ended", async () => {
    const { claims, secret } = await onOneFactor();
    await endSession(claims, "revoked_by_user", now);

    expect(await stepUp(claims, codeAt(secret, later), ORIGIN, later)).toEqual({ outcome: "session_ended" });
  });
});
