import { describe, expect, it } from "vitest";

import { knownDeviceCookie } from "@/features/known-device/device-cookie";

const now = new Date("2026-01-01T12:00:00.000Z");
const TOKEN = "x".repeat(43);

describe("knownDeviceCookie", () => {
  it("goes on for another year with what the browser has", () => {
    expect(knownDeviceCookie(TOKEN, now)).toEqual({
      name: "latchkey.device",
      value: TOKEN,
      attributes: {
        ...{ httpOnly: true, sameSite: "lax", path: "/", secure: false },
        expires: new Date("2027-01-01T12:00:00.000Z"),
      },
    });
  });

  it.each([undefined, "", "short", `${TOKEN}x`, `${TOKEN.slice(1)};`])("makes a random one in place of %j", (held) => {
    const [one, other] = [knownDeviceCookie(held, now).value, knownDeviceCookie(held, now).value];
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(one).not.toBe(other);
  });
});
