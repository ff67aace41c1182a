import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import Spotify from "next-auth/providers/spotify";
import { describe, expect, it } from "vitest";

import { REQUESTED_ACCESS, requestAccess } from "@/providers/requested-access";

const OURS = { clientId: "id", clientSecret: "secret" };

describe("REQUESTED_ACCESS", () => {
  it("is nothing beyond who somebody is", () => {
    expect(REQUESTED_ACCESS).toEqual({});
  });
});

describe("requestAccess", () => {
  it.each([
    ["one with an issuer", Google(OURS), { params: { scope: "openid calendar", access_type: "offline" } }],
    [
      "one whose scope is a parameter",
      GitHub(OURS),
      {
        url: "https://github.com/login/oauth/authorize",
        params: { scope: "openid calendar", access_type: "offline" },
      },
    ],
    [
      "one whose scope stands in its address",
      Spotify(OURS),
      {
        url: "https://accounts.spotify.com/authorize?scope=user-read-email",
        params: { scope: "openid calendar", access_type: "offline" },
      },
    ],
    [
      "one that the app's author changed",
      Google({ ...OURS, authorization: { params: { hd: "example.com", scope: "openid" } } }),
      { params: { hd: "example.com", scope: "openid calendar", access_type: "offline" } },
    ],
  ])("asks %s for more, and keeps the rest of its request", (_name, provider, authorization) => {
    const asking = requestAccess(provider, { scope: "openid calendar", access_type: "offline" });
    expect(asking.options).toEqual({ ...provider.options, authorization });
    expect({ ...asking, options: provider.options }).toEqual(provider);
  });
});
