import { setTimeout as sleep } from "node:timers/promises";
import type { ParsedMail } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { GOOD_PASSWORD, newAddress } from "../support/accounts";
import { holdAfterEachFault } from "../support/after-each-fault";
import { newDatabase } from "../support/database";
import { type FaultySmtp, type SmtpWeather, startFaultySmtp } from "../support/faulty-smtp";
import { machineSlowness } from "../support/machine-slowness";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { storePerson } from "../support/session-cookies";

/** What a browser is answered within, whatever the mail server does: far less than a mail may take. */
const LONGEST_ANSWER_MS = 3_000;
const WAIT = { timeout: 15_000, interval: 50 };

const database = newDatabase();
let smtp: FaultySmtp;
let instances: ServerInstances;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  await database.create();
  smtp = await startFaultySmtp();
  instances = await startInstances([{ EMAIL_SERVER: smtp.url }, { EMAIL_SERVER: smtp.url }], () => database.url);
});
afterAll(async () => {
  await instances?.stop();
  await smtp?.close();
  await database.drop();
});

const at = (index: number): ServerInstance => {
  const instance = instances.all[index];
  if (!instance) throw new Error("Two instances were started.");
  return instance;
};

const linkOf = ({ text = "" }: ParsedMail) => /\?token=([\w-]+)/.exec(text)?.[1] ?? "";

/** As if the time until the next attempt, or a dead worker's lease, were over. */
const hurry = () =>
  instances.query(
    "UPDATE outgoing_mails SET next_attempt_at = now() - interval '1 minute' WHERE sealed_content IS NOT NULL",
  );

async function mailRow(email: string) {
  const [row] = await instances.query<{ attempts: number; sent: boolean; error: string | null }>(
    "SELECT attempts, sent_at IS NOT NULL AS sent, last_error AS error FROM outgoing_mails WHERE recipient = $1",
    [email],
  );
  return row;
}

const withoutWhatDiffers = ({ status, headers }: Response, body: string) => ({
  ...{ status, body },
  headers: [...headers.keys()].filter((name) => name !== "date").sort(),
});

describe("F6: the mail server", () => {
  it.each<[SmtpWeather, string | null]>([
    ["refused", "server_unreachable"],
    ["try later", "refused_for_now"],
    ["wrong certificate", "server_unreachable"],
    // It is noted once the ten seconds of silence are over: for that nobody waits here.
    ["silent", null],
  ])(
    "%s: a known and an unknown address are answered alike, and each mail is sent once, later",
    async (weather, error) => {
      const known = await storePerson(instances);
      const unknown = newAddress();
      smtp.set(weather);
      const beganMs = performance.now();
      const answers = await Promise.all(
        [known.email, unknown].flatMap((email) => [
          at(0).client().post("/api/sign-up", { email, password: GOOD_PASSWORD }),
          at(1).client().post("/api/password/forgot", { email }),
        ]),
      );
      const [signUp, forgot, otherSignUp, otherForgot] = await Promise.all(
        answers.map(async (answer) => withoutWhatDiffers(answer, await answer.text())),
      );
      expect(performance.now() - beganMs).toBeLessThan(LONGEST_ANSWER_MS * machineSlowness());
      expect([signUp?.status, forgot?.status]).toEqual([202, 202]);
      expect([signUp, forgot]).toEqual([otherSignUp, otherForgot]);

      if (error) await expect.poll(async () => (await mailRow(unknown))?.error, WAIT).toBe(error);
      else await expect.poll(async () => (await mailRow(unknown))?.attempts, WAIT).toBe(1);
      expect([smtp.takenFor(unknown).length, (await mailRow(unknown))?.sent]).toEqual([0, false]);
      smtp.set("fine");
      // A worker that still sits on the silent line was cut off from it: what it notes comes before what is hurried.
      if (!error) await expect.poll(async () => (await mailRow(unknown))?.error, WAIT).not.toBeNull();
      await hurry();
      await expect.poll(async () => (await mailRow(unknown))?.sent, WAIT).toBe(true);
      expect(smtp.takenFor(unknown)).toHaveLength(1);
      await expect.poll(() => smtp.takenFor(known.email).length, WAIT).toBe(2);
    },
  );
});

describe("F21: a worker is killed between the mail server's taking a mail and the note of it", () => {
  it("it is sent again by another, under the same Message-ID and with the same token, which opens once", async () => {
    smtp.set("takes without a word");
    const email = newAddress();
    // Only one of them looks for mails when it is woken; the other's next round may be quicker. Both have to go.
    expect((await at(0).client().post("/api/sign-up", { email, password: GOOD_PASSWORD })).status).toBe(202);
    await expect.poll(() => smtp.takenFor(email).length, WAIT).toBe(1);
    await Promise.all([at(0).kill(), at(1).kill()]);
    expect(await mailRow(email)).toMatchObject({ attempts: 1, sent: false });
    smtp.set("fine");
    await Promise.all([at(0).start(), at(1).start()]);
    // Within its lease it is nobody else's.
    await sleep(2_500);
    expect(smtp.takenFor(email)).toHaveLength(1);
    await hurry();
    await expect.poll(async () => (await mailRow(email))?.sent, WAIT).toBe(true);

    const mails = smtp.takenFor(email);
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    const [token = "", ...others] = [...new Set(mails.map(linkOf))];
    expect([token.length > 20, others]).toEqual([true, []]);
    const spent = [at(0), at(1)].map((instance) => instance.client().post("/api/verify-email", { token }));
    expect((await Promise.all(spent)).map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it("two workers at forty mails: each is sent once, and of an account's reset links the newest alone opens", async () => {
    smtp.set("refused");
    const people = await Promise.all(Array.from({ length: 20 }, () => storePerson(instances)));
    for (const index of [0, 1]) {
      await Promise.all(people.map(({ email }) => at(index).client().post("/api/password/forgot", { email })));
    }
    smtp.set("fine");
    await hurry();
    await expect.poll(() => people.every(({ email }) => smtp.takenFor(email).length === 2), WAIT).toBe(true);
    const [first] = people;
    if (!first) throw new Error("There are twenty.");
    // Which of the two was written last is what the database says: parallel workers keep no order.
    const ids = await instances.query<{ id: string }>(
      "SELECT id FROM outgoing_mails WHERE recipient = $1 ORDER BY id",
      [first.email],
    );
    const tokens = ids.map(({ id }) =>
      linkOf(smtp.takenFor(first.email).find((mail) => mail.messageId?.includes(id)) ?? ({} as ParsedMail)),
    );
    const statuses: number[] = [];
    for (const token of tokens) {
      statuses.push(
        (await at(0).client().post("/api/password/reset", { token, password: "amber lantern over quiet water" }))
          .status,
      );
    }
    expect(statuses).toEqual([400, 204]);
  });
});
