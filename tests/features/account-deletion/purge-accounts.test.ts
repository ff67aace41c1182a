import { describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { purgeAccounts } from "@/features/account-deletion/purge-accounts";
import { sweep } from "@/features/clean-up/sweep";
import { MailContentSchema } from "@/features/mail/mail-content";
import { endSession } from "@/features/session/end-session";
import { revocationFeed } from "@/features/session/revocation-feed";
import { requestSignUp } from "@/features/sign-up/request-sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { addSeconds } from "@/lib/clock";
import { unseal } from "@/lib/crypto/seal";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { schemaModels } from "../../support/schema";
import { storeWholePerson, type WholePerson } from "../../support/whole-person";
import { newPerson, newSession, now } from "../session/person";
import { mailedTokens } from "../sign-up/mails-of";
import { eventsOf, mailsTo, requestNow } from "./people";

const database = useDatabase();

/** How many rows of each table know of a person: by id, by address, or by what only they wrote. */
async function traces({ id, mark }: Pick<WholePerson, "id" | "mark">): Promise<Record<string, number>> {
  const known = [id, mark, Buffer.from(mark).toString("hex")].map((text) => `%${text}%`);
  const counts = await Promise.all(
    schemaModels().map(async ({ table }) => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table} t WHERE t::text LIKE ANY($1)`,
        [known],
      );
      return [table, row?.n ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

describe("purgeAccounts", () => {
  it("deletes an account when its time is over, and not a second before", async () => {
    const userId = await newPerson();
    const dueAt = await requestNow(userId);

    expect(await purgeAccounts(addSeconds(dueAt, -1))).toBe(0);
    expect(await purgeAccounts(dueAt)).toBe(1);
    expect(await db().user.count({ where: { id: userId } })).toBe(0);
    expect(await purgeAccounts(addSeconds(dueAt, 1))).toBe(0);
  });

  it("A98: leaves no trace in any table but the audit log, the feed and the last mail", async () => {
    const person = await storeWholePerson(now);
    const bystander = await storeWholePerson(now);
    const everywhere = await traces(bystander);
    expect(Object.keys(everywhere).length).toBeGreaterThan(20);
    const dueAt = await requestNow(person.id);
    await purgeAccounts(dueAt);

    expect(await traces(person)).toEqual({
      audit_events: 3,
      revocation_feed: expect.any(Number),
      outgoing_mails: 1,
    });
    expect(await mailsTo(person.email)).toEqual(["account_deleted"]);
    expect(await eventsOf(person.id)).toEqual(["account_deletion_requested", "account_deleted"]);
    expect(await traces(bystander)).toEqual(everywhere);
  });

  it("says nothing in the last mail but that the account is gone", async () => {
    const person = await storeWholePerson(now);
    await purgeAccounts(await requestNow(person.id));
    const [mail] = await db().outgoingMail.findMany({ where: { recipient: person.email } });
    const opened = unseal("mail-content", mail?.sealedContent ?? Buffer.alloc(0), mail?.id ?? "");
    const content = MailContentSchema.parse(JSON.parse(opened));

    expect(content.subject).toBe("Your account was deleted");
    expect(opened).not.toContain(person.mark);
    expect(content.action).toBeUndefined();
  });

  it("ends a session of somebody who signed in and didn't decide, with the reason (S11)", async () => {
    const userId = await newPerson();
    const dueAt = await requestNow(userId);
    const session = await newSession(userId);
    await purgeAccounts(dueAt);

    expect(revocationFeed().verdict(session)).toEqual({ kind: "ended", reason: "account_deleted" });
    expect(await db().revocationFeedEntry.count({ where: { sessionId: session.sid } })).toBe(1);
    expect(await endSession(session, "signed_out", dueAt)).toBe("account_deleted");
  });

  it("A98: frees the address for a new account, which has nothing of the old one's", async () => {
    const person = await storeWholePerson(now);
    const email = EmailAddressSchema.parse(person.email);
    await purgeAccounts(await requestNow(person.id));
    // What the others left in the outbox was made up, and can't be opened.
    await db().outgoingMail.deleteMany();
    await requestSignUp({ email, name: null, image: null, passwordHash: "x", identity: null }, now);
    const [token = ""] = await mailedTokens(email);
    const verified = await verifyEmail(token, now);

    if (!verified.ok) throw new Error(verified.refusal);
    expect(verified.value.userId).not.toBe(person.id);
    expect(
      await db().user.findUniqueOrThrow({
        where: { email },
        select: { roles: true, name: true, accounts: true, sessions: true, passkeys: true, deletionDueAt: true },
      }),
    ).toEqual({ roles: [], name: null, accounts: [], sessions: [], passkeys: [], deletionDueAt: null });
  });

  it("is part of the clean-up, and goes through all that are due", async () => {
    const people = [await newPerson(), await newPerson(), await newPerson()];
    const dueAts = await Promise.all(people.map((userId) => requestNow(userId)));
    await sweep(dueAts[0] ?? now);

    expect(await db().user.count({ where: { id: { in: people } } })).toBe(0);
  });
});
