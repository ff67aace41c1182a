import { describe, expect, it } from "vitest";

import { vouchesForEmail } from "@/features/sign-in/vouches-for-email";

describe("vouchesForEmail", () => {
  it.each([
    [{ email_verified: true }, true],
    [{ email_verified: "true" }, true],
    [{ verified_email: true }, true],
    [{ verified: true }, true],
    [{}, false],
    [{ email_verified: false }, false],
    [{ email_verified: "false" }, false],
    [{ email_verified: 1 }, false],
    [{ email_verified: null }, false],
    [{ email_verified: false, verified: true }, false],
  ])("%j → %s", (profile, vouched) => {
    expect(vouchesForEmail(profile)).toBe(vouched);
  });
});
