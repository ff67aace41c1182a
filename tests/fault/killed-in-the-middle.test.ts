import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { GOOD_PASSWORD, newAddress } from "../support/accounts";
import { expectSound, holdAfterEachFault } from "../support/after-each-fault";
import { mailedToken } from "../support/mailed-token";
import { type ServerInstance, useInstances } from "../support/server-instances";
import { type StoredPerson, signInOn, storePerson } from "../support/session-cookies";

/** `KILL_ROUNDS=200 npx vitest run --project fault killed-in-the-middle` for as many killed processes. */
const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? 3);
/** Of each kind, at once. */
const EACH = 2;
/** The kill comes somewhere within what so many take. */
const KILL_WITHIN_MS = 250;
const TIMEOUT_MS = 60_000 + ROUNDS * 10_000;
const NEW_PASSWORD = "amber lantern over quiet water";
const TRIES = 10;

const instances = useInstances({}, {});
holdAfterEachFault(instances);

/** Something that changes an account, to be sent again where no answer came. */
interface Deed {
  readonly kind: "sign-up" | "confirmation" | "reset" | "deletion";
  readonly send: (instance: ServerInstance) => Promise<Response>;
  /** Holds once it is done, however often it was sent. */
  readonly expectDone: (instance: ServerInstance) => Promise<void>;
}

const signIn = async (instance: ServerInstance, email: string, password: string) =>
  (await instance.client().post("/api/sign-in", { email, password })).status;

function signUp(): Deed {
  const email = newAddress();
  return {
    kind: "sign-up",
    send: (instance) => instance.client().post("/api/sign-up", { email, password: GOOD_PASSWORD }),
    expectDone: async (instance) => {
      const token = await mailedToken(instances(), email, "/verify-email");
      expect((await instance.client().post("/api/verify-email", { token })).status).toBe(200);
      expect(await signIn(instance, email, GOOD_PASSWORD)).toBe(200);
    },
  };
}

async function confirmation(instance: ServerInstance): Promise<Deed> {
  const email = newAddress();
  await instance.client().post("/api/sign-up", { email, password: GOOD_PASSWORD });
  const token = await mailedToken(instances(), email, "/verify-email");
  return {
    kind: "confirmation",
    send: (other) => other.client().post("/api/verify-email", { token }),
    expectDone: async (other) => expect(await signIn(other, email, GOOD_PASSWORD)).toBe(200),
  };
}

async function reset(instance: ServerInstance): Promise<Deed> {
  const { email, password } = await storePerson(instances());
  await instance.client().post("/api/password/forgot", { email });
  const token = await mailedToken(instances(), email, "/reset-password");
  const send = (other: ServerInstance) => other.client().post("/api/password/reset", { token, password: NEW_PASSWORD });
  return {
    kind: "reset",
    send,
    expectDone: async (other) => {
      // No used token with the old password.
      expect([await signIn(other, email, NEW_PASSWORD), await signIn(other, email, password)]).toEqual([200, 401]);
      expect((await send(other)).status).toBe(400);
    },
  };
}

async function deletion(instance: ServerInstance): Promise<Deed> {
  const person = await storePerson(instances());
  const { cookies }: HttpClient = await signInOn(instance, person);
  const { password } = person;
  return {
    kind: "deletion",
    send: (other) => other.client(cookies).request("DELETE", "/api/account", { json: { password } }),
    expectDone: () => expectDueOnce(person),
  };
}

async function expectDueOnce({ id, email }: StoredPerson): Promise<void> {
  const [row] = await instances().query(
    `SELECT deletion_due_at IS NOT NULL AS due,
       (SELECT count(*)::int FROM sessions s WHERE s.user_id = u.id AND s.ended_at IS NULL) AS live,
       (SELECT count(*)::int FROM outgoing_mails WHERE recipient = $2 AND kind = 'account_deletion_requested') AS mails
     FROM users u WHERE id = $1`,
    [id, email],
  );
  expect(row).toEqual({ due: true, live: 0, mails: 1 });
}

/** Sends it until there is an answer other than 503: where the first one was lost, what was done counts as a refusal now. */
async function finish(deed: Deed, instance: ServerInstance): Promise<number> {
  for (let tries = 1; ; tries++) {
    const { status } = await deed.send(instance);
    if (status !== 503 || tries === TRIES) return status;
    await sleep(200);
  }
}

/** Done now, or found to be done. */
const ANSWERS: Readonly<Record<Deed["kind"], readonly number[]>> = {
  "sign-up": [202],
  confirmation: [200, 400],
  reset: [204, 400],
  deletion: [202, 401],
};

describe("F12: kill -9 in the middle of sign-ups, confirmations, resets and deletions", () => {
  it(
    `${ROUNDS} kills × ${4 * EACH}: each is done or not begun, and trying again elsewhere finishes it once`,
    async ({ annotate }) => {
      const seen = new Map<string, number>();
      for (let round = 0; round < ROUNDS; round++) {
        const { all } = instances();
        const [victim, survivor] = round % 2 === 0 ? all : [...all].reverse();
        if (!victim || !survivor) throw new Error("Two instances were started.");
        const making = Array.from({ length: EACH }, () => [
          signUp(),
          confirmation(survivor),
          reset(survivor),
          deletion(survivor),
        ]);
        const deeds = await Promise.all(making.flat());
        const sent = deeds.map((deed) => deed.send(victim).catch(() => null));
        await sleep(Math.random() * KILL_WITHIN_MS);
        await victim.kill();
        const answers = await Promise.all(sent);
        const restarted = victim.start();
        const outcomes = deeds.map(async (deed, index) => {
          const answer = answers[index];
          const last = answer && answer.status !== 503 ? answer.status : await finish(deed, survivor);
          expect([deed.kind, ANSWERS[deed.kind].includes(last)], `answered ${last}`).toEqual([deed.kind, true]);
          await deed.expectDone(survivor);
          return `${deed.kind} ${answer ? "answered" : "unanswered"} ${last}`;
        });
        for (const outcome of await Promise.all(outcomes)) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        await restarted;
        await expectSound(instances());
      }
      await annotate(JSON.stringify(Object.fromEntries([...seen].sort())));
      expect([...seen.keys()].some((outcome) => outcome.includes("unanswered"))).toBe(true);
    },
    TIMEOUT_MS,
  );
});
