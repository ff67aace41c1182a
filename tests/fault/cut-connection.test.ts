import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { GOOD_PASSWORD, newAddress } from "../support/accounts";
import { holdAfterEachFault } from "../support/after-each-fault";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { mailedToken } from "../support/mailed-token";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { type StoredPerson, storePerson } from "../support/session-cookies";

/** So many cuts all over what the database says, and as many within its last words, where COMMIT is answered. */
const CUTS = Number(process.env["CUTS"] ?? 4);
const LAST_WORDS_BYTES = 32;
const NEW_PASSWORD = "amber lantern over quiet water";
/** What else the server asks its database meanwhile, such as for its feed, may be what is cut. */
const TRIES = 5;

let postgres: FaultyPostgres;
let instances: ServerInstances;
let server: ServerInstance;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  postgres = await startFaultyPostgres();
  instances = await startInstances([{ DATABASE_URL: postgres.urlOfServers }], postgres.url);
  const [only] = instances.all;
  if (!only) throw new Error("One instance was started.");
  server = only;
});
afterAll(async () => {
  await instances?.stop();
  await postgres?.remove();
});

/** Where to cut: found by doing it without, more than once, since new connections and the feed talk too. */
async function cutsOf(whole: () => Promise<Response>): Promise<number[]> {
  const heard: number[] = [];
  for (let time = 0; time < 3; time++) {
    const before = postgres.network.heard();
    expect((await whole()).status).toBeLessThan(300);
    heard.push(postgres.network.heard() - before);
  }
  const bytes = Math.min(...heard);
  return Array.from({ length: CUTS }, (_, index) => [
    Math.floor((bytes * index) / CUTS),
    bytes - 1 - Math.floor((LAST_WORDS_BYTES * index) / CUTS),
  ]).flat();
}

/** Asks once through the cut, and then as a client does that was told to try again. */
async function askThroughCut(bytes: number, path: string, body: Readonly<Record<string, string>>): Promise<number[]> {
  const disarm = postgres.network.cutAfter(bytes);
  const statuses = [(await server.client().post(path, body)).status];
  disarm();
  while (statuses.at(-1) === 503 && statuses.length < TRIES) {
    statuses.push((await server.client().post(path, body)).status);
  }
  return statuses;
}

function count(all: readonly (readonly number[])[]): Record<string, number> {
  const keys = all.map((statuses) => statuses.join(" → "));
  return Object.fromEntries([...new Set(keys)].sort().map((key) => [key, keys.filter((one) => one === key).length]));
}

const mailsTo = async (email: string, kind: string) =>
  (await instances.query("SELECT 1 FROM outgoing_mails WHERE recipient = $1 AND kind = $2", [email, kind])).length;

describe(`F5: the connection to the database is cut at ${2 * CUTS} places, and the client tries again`, () => {
  it("a sign-up: the same neutral answer, no user, and no more mails than tries", async ({ annotate }) => {
    const all: number[][] = [];
    const signUp = () => server.client().post("/api/sign-up", { email: newAddress(), password: GOOD_PASSWORD });
    for (const bytes of await cutsOf(signUp)) {
      const email = newAddress();
      const statuses = await askThroughCut(bytes, "/api/sign-up", { email, password: GOOD_PASSWORD });
      all.push(statuses);
      expect({ bytes, last: statuses.at(-1) }).toEqual({ bytes, last: 202 });
      const mails = await mailsTo(email, "sign_up_verification");
      expect(mails).toBeGreaterThan(0);
      expect(mails).toBeLessThanOrEqual(statuses.length);
      expect(await instances.query("SELECT 1 FROM users WHERE email = $1", [email])).toEqual([]);
    }
    await annotate(JSON.stringify(count(all)));
    expect(all.some((statuses) => statuses[0] === 503)).toBe(true);
  });

  it("a confirmation: one user, who can sign in, whether the retry says done or used", async ({ annotate }) => {
    const newSignUp = async () => {
      const email = newAddress();
      await server.client().post("/api/sign-up", { email, password: GOOD_PASSWORD });
      return { email, token: await mailedToken(instances, email, "/verify-email") };
    };
    const waiting = [await newSignUp(), await newSignUp(), await newSignUp()];
    const verify = () => server.client().post("/api/verify-email", { token: waiting.pop()?.token });
    const all: number[][] = [];
    for (const bytes of await cutsOf(verify)) {
      const { email, token } = await newSignUp();
      const statuses = await askThroughCut(bytes, "/api/verify-email", { token });
      all.push(statuses);
      expect([200, 400], `after ${bytes} bytes`).toContain(statuses.at(-1));
      expect(statuses[0], `after ${bytes} bytes`).not.toBe(400);
      const signIn = await server.client().post("/api/sign-in", { email, password: GOOD_PASSWORD });
      expect([bytes, signIn.status]).toEqual([bytes, 200]);
    }
    await annotate(JSON.stringify(count(all)));
    // Else no cut came between COMMIT and its answer.
    expect(all.some((statuses) => statuses[0] === 503 && statuses.at(-1) === 400)).toBe(true);
  });

  it("a password reset: the new password is the password, told by one mail, and the token is used", async ({
    annotate,
  }) => {
    const newReset = async () => {
      const person = await storePerson(instances);
      const { email } = person;
      expect((await server.client().post("/api/password/forgot", { email })).status).toBe(202);
      return {
        person,
        body: { token: await mailedToken(instances, email, "/reset-password"), password: NEW_PASSWORD },
      };
    };
    const waiting = [await newReset(), await newReset(), await newReset()];
    const all: number[][] = [];
    for (const bytes of await cutsOf(() => server.client().post("/api/password/reset", waiting.pop()?.body))) {
      const { person, body } = await newReset();
      const statuses = await askThroughCut(bytes, "/api/password/reset", body);
      all.push(statuses);
      expect([204, 400], `after ${bytes} bytes`).toContain(statuses.at(-1));
      expect(statuses[0], `after ${bytes} bytes`).not.toBe(400);
      await expectReplaced(person, body.token);
    }
    await annotate(JSON.stringify(count(all)));
    expect(all.some((statuses) => statuses[0] === 503 && statuses.at(-1) === 400)).toBe(true);
  });
});

async function expectReplaced({ email, password }: StoredPerson, token: string): Promise<void> {
  const again = await server.client().post("/api/password/reset", { token, password: "another four words entirely" });
  const passwords = [NEW_PASSWORD, password].map((one) =>
    server.client().post("/api/sign-in", { email, password: one }),
  );
  const [withNew, withOld] = await Promise.all(passwords);
  expect([again.status, withNew?.status, withOld?.status]).toEqual([400, 200, 401]);
  expect(await mailsTo(email, "password_changed")).toBe(1);
}
