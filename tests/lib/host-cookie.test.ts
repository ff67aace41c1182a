import { afterEach, describe, expect, it, vi } from "vitest";

const at = new Date("2026-01-01T00:00:00Z");
afterEach(() => vi.unstubAllEnvs());

/** The functions as a process has them whose public origin is this one. */
async function underOrigin(origin: string) {
  vi.stubEnv("AUTH_URL", origin);
  vi.stubEnv("RATE_LIMIT_SCALE", "1");
  vi.resetModules();
  return { ...(await import("@/lib/host-cookie")), ...(await import("@/features/session/session-cookie")) };
}

describe("a cookie of ours (A1)", () => {
  it("is named __Host- over https, the session's too, so that no sibling host can set one", async () => {
    const { hostCookieName, sessionCookieName } = await underOrigin("https://app.example.com");

    expect([hostCookieName("latchkey.x"), sessionCookieName()]).toEqual([
      "__Host-latchkey.x",
      "__Host-authjs.session-token",
    ]);
  });

  it("is Secure over https, and always for the server alone, for the whole of this host and no other", async () => {
    const over = async (origin: string) => {
      const { hostCookieAttributes, expiredCookieAttributes } = await underOrigin(origin);
      return [hostCookieAttributes(null), hostCookieAttributes(at), expiredCookieAttributes()];
    };
    const base = { httpOnly: true, sameSite: "lax", path: "/" };

    expect(await over("https://app.example.com")).toEqual([
      { ...base, secure: true },
      { ...base, secure: true, expires: at },
      { ...base, secure: true, expires: new Date(0) },
    ]);
    expect(await over("http://localhost:3000")).toEqual([
      { ...base, secure: false },
      { ...base, secure: false, expires: at },
      { ...base, secure: false, expires: new Date(0) },
    ]);
  });
});
