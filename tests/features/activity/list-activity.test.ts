import { describe, expect, it } from "vitest";

import { findOwnSignIn, listActivity, parsePage } from "@/features/activity/list-activity";
import { recordAuditEvent } from "@/features/audit/data";
import { useDatabase } from "../../support/database";
import { inEnglish } from "../../support/in-english";
import { newPerson, newSession } from "../session/person";

const database = useDatabase();
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";

describe("listActivity", () => {
  it("tells the newest first, with the device in words, and nothing of anybody else", async () => {
    const userId = await newPerson();
    await recordAuditEvent({ kind: "sign_in_failed", userId: await newPerson() });
    await recordAuditEvent({ kind: "sign_in_failed", userId: null });
    await recordAuditEvent({ kind: "account_enabled", userId });
    const origin = { ip: "192.0.2.7", userAgent: FIREFOX };
    await recordAuditEvent({ kind: "profile_changed", userId, origin, details: { changed: "name" } });

    expect(await listActivity(inEnglish("account"), userId, 1, 20)).toEqual({
      events: [
        {
          ...{ kind: "profile_changed", at: expect.any(Date), sessionId: null, details: { changed: "name" } },
          ...{ device: "Firefox on Windows", ip: "192.0.2.7" },
        },
        { kind: "account_enabled", at: expect.any(Date), sessionId: null, details: {}, device: null, ip: null },
      ],
      hasOlder: false,
    });
  });

  it("turns its pages without a gap, and says whether there is another", async () => {
    const userId = await newPerson();
    for (const kind of ["signed_up", "signed_out", "password_set"] as const) await recordAuditEvent({ kind, userId });
    const page = async (number: number) => {
      const { events, hasOlder } = await listActivity(inEnglish("account"), userId, number, 2);
      return [events.map(({ kind }) => kind), hasOlder];
    };
    expect(await page(1)).toEqual([["password_set", "signed_out"], true]);
    expect(await page(2)).toEqual([["signed_up"], false]);
    expect(await page(3)).toEqual([[], false]);
  });

  it("passes over what this version has no sentence for, and reads odd details as none", async () => {
    const userId = await newPerson();
    await database.query("INSERT INTO audit_events (kind, user_id, details) VALUES ('from_the_future', $1, '{}')", [
      userId,
    ]);
    await database.query("INSERT INTO audit_events (kind, user_id, details) VALUES ('signed_in', $1, '[{}]')", [
      userId,
    ]);
    expect((await listActivity(inEnglish("account"), userId, 1, 20)).events).toMatchObject([
      { kind: "signed_in", details: {} },
    ]);
  });
});

describe("findOwnSignIn", () => {
  it("finds the sign-in of one's own session, and no other's", async () => {
    const { sub, sid } = await newSession();
    const stranger = await newSession();

    expect(await findOwnSignIn(inEnglish("account"), sub, sid)).toMatchObject({ kind: "signed_in", sessionId: sid });
    expect(await findOwnSignIn(inEnglish("account"), sub, stranger.sid)).toBeNull();
    expect(await findOwnSignIn(inEnglish("account"), sub, "not-an-id")).toBeNull();
  });
});

describe("parsePage", () => {
  it.each([
    ["2", 2],
    ["1000", 1000],
    ["1001", 1000],
    ["0", 1],
    ["-1", 1],
    ["1e9", 1],
    [undefined, 1],
    [["2", "3"], 1],
  ])("reads %j as %i", (asked, page) => {
    expect(parsePage(asked)).toBe(page);
  });
});
