import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { enqueueMail } from "@/features/mail/enqueue-mail";
import { startMailWorker, stopMailWorker } from "@/features/mail/mail-worker";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { systemClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { log } from "@/lib/log";
import { freePort } from "../../../scripts/development/free-port";
import { type SmtpCatcher, startSmtpCatcher } from "../../lib/mail/smtp-catcher";
import { useDatabase } from "../../support/database";

const database = useDatabase();
let port: number;
let smtp: SmtpCatcher | null = null;

beforeAll(async () => {
  port = await freePort();
  process.env["EMAIL_SERVER"] = `smtp://127.0.0.1:${port}`;
});
beforeEach(async () => {
  await database.query("DELETE FROM outgoing_mails");
});
afterEach(async () => {
  await stopMailWorker();
  await smtp?.close();
  smtp = null;
});
afterAll(() => stopMailWorker());

const enqueue = (address: string) =>
  enqueueMail(
    db(),
    {
      kind: "sign_up_verification",
      to: EmailAddressSchema.parse(address),
      content: { language: "en", subject: "s", greeting: "g", paragraphs: [], footer: "f" },
    },
    systemClock(),
  );
const recipients = () => smtp?.caught.flatMap((caught) => caught.recipients) ?? [];
const sentCount = async () =>
  (await database.query<{ count: string }>("SELECT count(*) FROM outgoing_mails WHERE sent_at IS NOT NULL"))[0]?.count;

describe("startMailWorker", () => {
  it("sends what is waiting when it starts, and what it is woken for, at once", async () => {
    smtp = await startSmtpCatcher(port);
    await enqueue("waiting@x.test");
    startMailWorker();
    await vi.waitFor(() => expect(recipients()).toEqual(["waiting@x.test"]), 1_500);

    await enqueue("woken@x.test");
    const wokenAt = performance.now();
    wakeMailWorker();
    await vi.waitFor(() => expect(recipients()).toEqual(["waiting@x.test", "woken@x.test"]), 1_500);
    expect(performance.now() - wokenAt).toBeLessThan(1_500);
  });

  it("finds what another process wrote, within its round", async () => {
    smtp = await startSmtpCatcher(port);
    startMailWorker();
    await enqueue("elsewhere@x.test");

    await vi.waitFor(() => expect(recipients()).toEqual(["elsewhere@x.test"]), 4_000);
  });

  it("keeps a mail while the mail server is down, and sends it once when it is back", async () => {
    startMailWorker();
    await enqueue("patient@x.test");
    wakeMailWorker();
    await vi.waitFor(
      async () =>
        expect(await database.query("SELECT sent_at, last_error FROM outgoing_mails")).toEqual([
          { sent_at: null, last_error: "server_unreachable" },
        ]),
      2_000,
    );

    smtp = await startSmtpCatcher(port);
    await vi.waitFor(async () => expect(await sentCount()).toBe("1"), 10_000);
    expect(recipients()).toEqual(["patient@x.test"]);
  });

  it("logs a database outage once, and recovers from it", async () => {
    smtp = await startSmtpCatcher(port);
    const errors = vi.spyOn(log, "error");
    const infos = vi.spyOn(log, "info");
    await database.query("ALTER TABLE outgoing_mails RENAME TO away");
    startMailWorker();
    await vi.waitFor(() => expect(errors).toHaveBeenCalledTimes(1), 1_500);
    wakeMailWorker();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await database.query("ALTER TABLE away RENAME TO outgoing_mails");
    await enqueue("after@x.test");
    wakeMailWorker();

    await vi.waitFor(() => expect(recipients()).toEqual(["after@x.test"]), 1_500);
    expect(errors).toHaveBeenCalledTimes(1);
    expect(infos).toHaveBeenCalledTimes(1);
  });

  it("is one worker, however often it is started", async () => {
    startMailWorker();
    const first = (globalThis as { latchkeyMailWorker?: unknown }).latchkeyMailWorker;
    startMailWorker();

    expect((globalThis as { latchkeyMailWorker?: unknown }).latchkeyMailWorker).toBe(first);
  });
});

describe("stopMailWorker", () => {
  it("finishes the mail in hand, and takes no other", async () => {
    smtp = await startSmtpCatcher(port);
    await enqueue("in-hand@x.test");
    startMailWorker();
    await stopMailWorker();
    const sentByThen = recipients();
    await enqueue("too-late@x.test");
    wakeMailWorker();
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(sentByThen).toEqual(["in-hand@x.test"]);
    expect(recipients()).toEqual(["in-hand@x.test"]);
    expect(await sentCount()).toBe("1");
  });

  it("does nothing where no worker runs", async () => {
    await expect(stopMailWorker()).resolves.toBeUndefined();
  });
});
