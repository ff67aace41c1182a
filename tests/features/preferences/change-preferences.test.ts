import { beforeEach, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import type { MailWriter } from "@/features/mail/mail-reader";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { changePreferences } from "@/features/preferences/change-preferences";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { waitingMails } from "../sign-up/mails-of";

useDatabase();

const ORIGIN = { ip: "192.0.2.1", userAgent: "Firefox" };
const noon = new Date("2026-01-01T12:00:00Z");
const KATHMANDU = { locale: "de-DE", timeZone: "Asia/Kathmandu" } as const;

async function person(email: string): Promise<UserId> {
  const user = await db().user.create({ data: { email, emailVerified: noon }, select: { id: true } });
  return user.id as UserId;
}

beforeEach(async () => {
  await db().user.deleteMany();
  await db().outgoingMail.deleteMany();
  await db().revocationFeedEntry.deleteMany();
});

describe("changePreferences", () => {
  it("changes them for this person, tells all sessions, and the audit log without what they are", async () => {
    const [ada, bob] = [await person("ada@x.test"), await person("bob@x.test")];
    await changePreferences(ada, KATHMANDU, ORIGIN);

    const of = (id: string) => db().user.findUnique({ where: { id }, select: { locale: true, timeZone: true } });
    expect([await of(ada), await of(bob)]).toEqual([KATHMANDU, { locale: null, timeZone: null }]);
    expect(await db().revocationFeedEntry.findMany()).toMatchObject([{ userId: ada, claimsVersion: 1 }]);
    const events = await db().auditEvent.findMany({ where: { userId: ada }, select: { kind: true, details: true } });
    expect(events).toEqual([{ kind: "profile_changed", details: { changed: "dates and times" } }]);
  });

  it("is heeded by mails that say when", async () => {
    const userId = await person("ada@x.test");
    const content: MailWriter = ({ moment }) => ({
      ...{ subject: "s", footer: "f" },
      paragraphs: [`It was on ${moment(noon)}.`],
    });
    const mail = { userId, kind: "new_device", content, askedIn: undefined } as const;
    await mailToAccount(db(), mail, noon);
    await changePreferences(userId, KATHMANDU, ORIGIN);
    await mailToAccount(db(), mail, new Date(noon.getTime() + 1));

    const texts = (await waitingMails()).map(({ text }) => /It was on (.*)\./.exec(text)?.[1]);
    expect(texts).toEqual(["1 January 2026 at 12:00 UTC", "1. Januar 2026 um 17:45 GMT+5:45"]);
  });
});
