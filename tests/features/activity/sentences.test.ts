import { describe, expect, it } from "vitest";

import { isDoubtful, parseEventKind, tellEvent } from "@/features/activity/sentences";
import type { AuditEventKind } from "@/features/audit/event-kind";
import { versionInWords } from "@/features/terms/version-in-words";
import { LANGUAGES } from "@/lib/i18n/languages";
import { translatorFor } from "@/lib/i18n/translator";
import english from "@/messages/en";

const t = await translatorFor("en", "activity");
const names = {
  provider: (id: string) => (id === "google" ? "Google" : id),
  termsVersion: (version: string) => versionInWords(version),
};

describe("tellEvent", () => {
  it.each([
    ["signed_in", { method: "password", aal: 1 }, "Signed in with your password"],
    ["signed_in", { method: "google" }, "Signed in with Google"],
    ["signed_in", { method: "passkey" }, "Signed in with a passkey"],
    ["signed_in", { method: "magic_link" }, "Signed in with a mail to your address"],
    ["signed_up", { method: "password" }, "Account created"],
    ["signed_up", { method: "gone" }, "Account created, with gone"],
    ["sign_in_failed", { method: "password", reason: "invalid_credentials" }, "A sign-in was refused: wrong password"],
    ["sign_in_failed", { method: "password", reason: "account_disabled" }, "A sign-in with your password was refused"],
    ["sign_in_failed", { method: "google", reason: "account_disabled" }, "A sign-in with Google was refused"],
    ["other_sessions_revoked", { sessions: 2 }, "Ended all other sessions (2)"],
    ["other_sessions_revoked", {}, "Ended all other sessions"],
    ["terms_agreed", { version: "2026-11-01" }, "Agreed to the terms of 1 November 2026"],
    ["connection_added", { provider: "google" }, "Connected Google"],
    ["connection_removed", {}, "Disconnected another way to sign in"],
    ["password_changed", {}, "Changed the password"],
  ] as const)("%s %j: %s", (kind, details, sentence) => {
    expect(tellEvent(t, kind, details, names)).toBe(sentence);
  });

  it.each(LANGUAGES)("says each event in one sentence of %s, whatever its row holds", async (language) => {
    const say = await translatorFor(language, "activity");
    const rows = [{}, { method: "password" }, { method: "passkey" }, { method: "magic_link" }, { provider: "Google" }];
    for (const kind of Object.keys(english.activity.events) as AuditEventKind[]) {
      for (const details of [...rows, { reason: "invalid_credentials" }, { sessions: 2 }, { version: "2026-11-01" }])
        expect(tellEvent(say, kind, details, names)).toMatch(/^[^{}<>]+$/);
    }
  });

  it("leaves the order of the words to the language", async () => {
    const german = await translatorFor("de", "activity");
    expect(tellEvent(german, "signed_in", { method: "google" }, names)).toBe("Mit Google angemeldet");
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
