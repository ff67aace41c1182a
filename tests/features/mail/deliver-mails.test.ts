import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { insertMail } from "@/features/mail/data";
import { deliverDueMails } from "@/features/mail/deliver-mails";
import { enqueueMail } from "@/features/mail/enqueue-mail";
import { addSeconds } from "@/lib/clock";
import { seal } from "@/lib/crypto/seal";
import { db, inTransaction } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";
import { type SmtpCatcher, startSmtpCatcher } from "../../lib/mail/smtp-catcher";
import { useDatabase } from "../../support/database";

const database = useDatabase();
const now = new Date("2026-01-01T12:00:00.000Z");
const secondsFromNow = (seconds: number) => addSeconds(now, seconds);

let smtp: SmtpCatcher;

beforeAll(async () => {
  smtp = await startSmtpCatcher();
  process.env["EMAIL_SERVER"] = `smtp://127.0.0.1:${smtp.port}`;
});
beforeEach(async () => {
  await database.query("DELETE FROM outgoing_mails");
  smtp.caught.length = 0;
  smtp.refuseRecipientWith = null;
});
afterAll(() => smtp.close());

const mailTo = (address: string) => ({
  kind: "sign_up_verification" as const,
  to: EmailAddressSchema.parse(address),
  content: {
    language: "en" as const,
    subject: "Secret subject",
    greeting: "Hello,",
    paragraphs: ["Secret words."],
    footer: "Secret footer.",
  },
});
const rows = () => db().outgoingMail.findMany({ orderBy: { recipient: "asc" } });

describe("enqueueMail", () => {
  it("seals the content, so that the table tells only who was written to", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);

    const [row] = await rows();
    expect(row).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      kind: "sign_up_verification",
      recipient: "ada@x.test",
      sealedContent: expect.any(Uint8Array),
      createdAt: now,
      nextAttemptAt: now,
      attempts: 0,
      sentAt: null,
      lastError: null,
    });
    expect(Buffer.from(row?.sealedContent ?? []).toString("latin1")).not.toMatch(/secret/i);
  });

  it("is undone with its transaction", async () => {
    const rolledBack = inTransaction(async (transaction) => {
      await enqueueMail(transaction, mailTo("ada@x.test"), now);
      throw new Error("rolled back");
    });

    await expect(rolledBack).rejects.toThrow("rolled back");
    expect(await rows()).toEqual([]);
  });
});

describe("deliverDueMails", () => {
  it("sends what is due, and erases the content", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);

    expect(await deliverDueMails(secondsFromNow(1))).toBe(1);
    expect(smtp.caught.map(({ recipients, mail }) => [recipients, mail.subject, mail.text, mail.html])).toEqual([
      [
        ["ada@x.test"],
        "Secret subject",
        "Hello,\n\nSecret words.\n\n-- \nSecret footer.\n",
        expect.stringMatching(/^<!DOCTYPE html.*>Secret words\.</s),
      ],
    ]);
    expect(await rows()).toMatchObject([
      { sealedContent: null, sentAt: secondsFromNow(1), nextAttemptAt: null, attempts: 1, lastError: null },
    ]);
    expect(await deliverDueMails(secondsFromNow(3600))).toBe(0);
    expect(smtp.caught).toHaveLength(1);
  });

  it.each([
    [-1, 0],
    [0, 1],
    [1, 1],
  ])("%i s from when it is due: sends %i", async (seconds, sent) => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);

    expect(await deliverDueMails(secondsFromNow(seconds))).toBe(sent);
  });

  it("sends each mail once, however many workers there are", async () => {
    for (let index = 0; index < 40; index++) await enqueueMail(db(), mailTo(`user${index}@x.test`), now);

    const worker = async () => {
      while ((await deliverDueMails(now)) > 0);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);

    const recipients = smtp.caught.flatMap((caught) => caught.recipients);
    expect(recipients).toHaveLength(40);
    expect(new Set(recipients).size).toBe(40);
    expect((await rows()).every(({ sentAt, attempts }) => sentAt !== null && attempts === 1)).toBe(true);
  });

  it("leaves a mail that another worker has in hand alone until the lease ends", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);
    await database.query("UPDATE outgoing_mails SET attempts = 1, next_attempt_at = $1", [secondsFromNow(60)]);

    expect(await deliverDueMails(secondsFromNow(59))).toBe(0);
    expect(await deliverDueMails(secondsFromNow(60))).toBe(1);
  });

  it("keeps a mail that is refused for now, and sends it once later", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);
    smtp.refuseRecipientWith = 451;

    expect(await deliverDueMails(now)).toBe(1);
    const [row] = await rows();
    expect(row).toMatchObject({
      attempts: 1,
      sentAt: null,
      lastError: "refused_for_now",
      sealedContent: expect.anything(),
    });
    expect(row?.nextAttemptAt?.getTime()).toBeGreaterThanOrEqual(secondsFromNow(3.75).getTime());
    expect(row?.nextAttemptAt?.getTime()).toBeLessThanOrEqual(secondsFromNow(5).getTime());

    smtp.refuseRecipientWith = null;
    expect(await deliverDueMails(secondsFromNow(3))).toBe(0);
    expect(await deliverDueMails(secondsFromNow(5))).toBe(1);
    expect(await rows()).toMatchObject([{ sealedContent: null, lastError: null, attempts: 2 }]);
    expect(smtp.caught).toHaveLength(1);
  });

  it("gives up at once what is refused for good, and erases it", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);
    smtp.refuseRecipientWith = 550;

    await deliverDueMails(now);
    expect(await rows()).toMatchObject([
      { sealedContent: null, nextAttemptAt: null, sentAt: null, lastError: "refused_for_good" },
    ]);
  });

  it("gives up after a day", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);
    smtp.refuseRecipientWith = 451;

    await deliverDueMails(secondsFromNow(24 * 3600 - 6));
    expect(await rows()).toMatchObject([{ sealedContent: expect.anything(), lastError: "refused_for_now" }]);
    await deliverDueMails(secondsFromNow(24 * 3600));
    expect(await rows()).toMatchObject([{ sealedContent: null, nextAttemptAt: null, sentAt: null }]);
  });

  it("does not let one bad address hold up the others", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);
    await enqueueMail(db(), mailTo("bob@x.test"), now);
    await database.query("UPDATE outgoing_mails SET recipient = $1 WHERE recipient = $2", [
      "not an address",
      "ada@x.test",
    ]);

    await deliverDueMails(now);
    expect(smtp.caught.flatMap(({ recipients }) => recipients)).toEqual(["bob@x.test"]);
  });

  it("gives up a mail that another version of the program wrote in a shape of its own", async () => {
    const id = uuidv7(now);
    const sealedContent = seal("mail-content", JSON.stringify({ subject: "s", text: "t", html: "h" }), id);
    await insertMail(db(), { id, kind: "new_device", recipient: "ada@x.test", sealedContent }, now);

    expect(await deliverDueMails(now)).toBe(1);
    expect(smtp.caught).toEqual([]);
    expect(await rows()).toMatchObject([{ sealedContent: null, nextAttemptAt: null, lastError: "content_unreadable" }]);
  });

  it("gives up a mail that was copied into another row: it is sealed to its own", async () => {
    await enqueueMail(db(), mailTo("ada@x.test"), now);
    await enqueueMail(db(), mailTo("eve@evil.test"), now);
    await database.query(`UPDATE outgoing_mails SET sealed_content =
      (SELECT sealed_content FROM outgoing_mails WHERE recipient = 'ada@x.test') WHERE recipient = 'eve@evil.test'`);

    await deliverDueMails(now);
    expect(smtp.caught.flatMap(({ recipients }) => recipients)).toEqual(["ada@x.test"]);
    expect((await rows())[1]).toMatchObject({
      recipient: "eve@evil.test",
      sealedContent: null,
      lastError: "content_unreadable",
    });
  });
});
