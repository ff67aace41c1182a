import { describe, expect, it } from "vitest";

import { isDoubtful, parseEventKind, tellEvent } from "@/features/activity/sentences";

const nameOf = (id: string) => (id === "google" ? "Google" : id);

describe("tellEvent", () => {
  it.each([
    ["signed_in", { method: "password", aal: 1 }, "Signed in with your password"],
    ["signed_in", { method: "google" }, "Signed in with Google"],
    ["signed_in", { method: "passkey" }, "Signed in with a passkey"],
    ["signed_up", { method: "password" }, "Account created"],
    ["signed_up", { method: "gone" }, "Account created, with gone"],
    ["sign_in_failed", { method: "password", reason: "invalid_credentials" }, "A sign-in was refused: wrong password"],
    ["sign_in_failed", { method: "google", reason: "account_disabled" }, "A sign-in with Google was refused"],
    ["other_sessions_revoked", { sessions: 2 }, "Ended all other sessions (2)"],
    ["connection_added", { provider: "google" }, "Connected Google"],
    ["connection_removed", {}, "Disconnected another way to sign in"],
    ["password_changed", {}, "Changed the password"],
  ] as const)("%s %j: %s", (kind, details, sentence) => {
    expect(tellEvent(kind, details, nameOf)).toBe(sentence);
  });
});

describe("isDoubtful", () => {
  it("asks about what needed somebody to be let in, and not about what was refused or is safe", () => {
    expect((["signed_in", "password_changed", "passkey_added"] as const).map(isDoubtful)).toEqual([true, true, true]);
    expect((["sign_in_failed", "signed_out", "reported_as_not_me"] as const).map(isDoubtful)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("parseEventKind", () => {
  it("knows its own kinds and nothing that merely sounds like one", () => {
    expect(["signed_in", "constructor", "toString", "signed-in", ""].map(parseEventKind)).toEqual([
      "signed_in",
      null,
      null,
      null,
      null,
    ]);
  });
});
