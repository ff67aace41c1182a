import type { Account } from "next-auth";
import { describe, expect, it } from "vitest";

import { describeProviderSignIn } from "@/providers/describe-provider-sign-in";

const ACCOUNT: Account = { provider: "work", type: "oidc", providerAccountId: "subject" };
const TOKENS = {
  access_token: "A",
  refresh_token: "R",
  id_token: "I",
  expires_at: 1_772_366_400,
  scope: "openid",
  token_type: "bearer",
} as const;
const describeTokens = (tokens: object) =>
  describeProviderSignIn({ ...ACCOUNT, ...tokens } as Account, { sub: "subject" }, {}).tokens;

describe("describeProviderSignIn", () => {
  it("takes the tokens over, without the ID token", () => {
    expect(describeTokens(TOKENS)).toEqual({
      accessToken: "A",
      refreshToken: "R",
      scope: "openid",
      tokenType: "bearer",
      expiresAt: new Date("2026-03-01T12:00:00.000Z"),
    });
  });

  it("has no tokens where there is no access token", () => {
    expect(describeTokens({})).toBeNull();
    expect(describeTokens({ ...TOKENS, access_token: "" })).toBeNull();
  });

  it("takes what is missing, null or of another type for not said", () => {
    const nothing = { accessToken: "A", refreshToken: null, scope: null, tokenType: null, expiresAt: null };
    expect(describeTokens({ access_token: "A" })).toEqual(nothing);
    expect(
      describeTokens({ access_token: "A", refresh_token: null, scope: ["a"], token_type: 1, expires_at: "soon" }),
    ).toEqual(nothing);
  });
});
