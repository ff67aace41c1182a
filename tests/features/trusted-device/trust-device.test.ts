import { describe, expect, it } from "vitest";

import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { findTrustedDevices } from "@/features/trusted-device/data";
import { revokeTrust, trustDevice } from "@/features/trusted-device/trust-device";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPersonWithFactor, ORIGIN, passwordOf, recordsOf } from "../second-factor/factor";
import { now } from "../session/person";

useDatabase();

const MONTH_SECONDS = 30 * 24 * 60 * 60;

describe("trustDevice", () => {
  it("spares the browser the second factor for 30 days, and not a second longer", async () => {
    const userId = await newPersonWithFactor();
    const trust = await trustDevice(userId, ORIGIN, now);
    const admit = async (at: Date) => (await admitFirstFactor(passwordOf(userId), trust.token, at)).outcome;

    expect(trust).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), expiresAt: addSeconds(now, MONTH_SECONDS) });
    expect(await admit(addSeconds(now, MONTH_SECONDS - 1))).toBe("complete");
    expect(await admit(addSeconds(now, MONTH_SECONDS))).toBe("second_factor_required");
    expect(await db().trustedDevice.findFirstOrThrow({ where: { userId } })).toMatchObject({ userAgent: "tests/1" });
    expect((await recordsOf(userId)).events).toEqual(["device_trusted"]);
  });
});

describe("revokeTrust", () => {
  it("has the browser asked again, and only its owner's word counts", async () => {
    const [userId, stranger] = [await newPersonWithFactor(), await newPersonWithFactor()];
    const { token } = await trustDevice(userId, ORIGIN, now);
    const [device] = await findTrustedDevices(userId, now);
    const id = device?.id ?? "";

    expect(await revokeTrust(stranger, id, ORIGIN)).toBe(false);
    expect(await findTrustedDevices(userId, now)).toHaveLength(1);
    expect(await revokeTrust(userId, id, ORIGIN)).toBe(true);
    expect(await revokeTrust(userId, id, ORIGIN)).toBe(false);
    expect(await findTrustedDevices(userId, now)).toEqual([]);
    expect((await admitFirstFactor(passwordOf(userId), token, now)).outcome).toBe("second_factor_required");
    expect((await recordsOf(userId)).events).toEqual(["device_trusted", "device_trust_revoked"]);
  });
});
