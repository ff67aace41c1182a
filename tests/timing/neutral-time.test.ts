import { beforeAll, describe, expect, it } from "vitest";

import { separation } from "@/attack/separation";
import { GOOD_PASSWORD, newAddress, signUpOnly, storeAccount } from "../support/accounts";
import { type ReadForm, readForm } from "../support/send-form";
import { useServer } from "../support/server";

/** So many tell apart two heaps of times of which one has the longer one in 55 of 100 comparisons. */
const PAIRS = Number(process.env["NEUTRAL_TIME_PAIRS"] ?? 500);
const TOLERANCE = 0.05;
/** Addresses of a kind that take turns, so that their counters and mails are at every stage that they have. */
const ADDRESSES = 50;
/** A calibration that tells apart two heaps of one kind has measured the machine, and is done anew. */
const CALIBRATIONS = 3;

const server = useServer({ MAGIC_LINK: "on" }, { own: true });

/** What an address can be. What is asked of the first two is what all others are compared with, and they with each other. */
const KINDS = ["unknown", "another unknown", "known", "unverified", "provider-only", "disabled"] as const;
type Kind = (typeof KINDS)[number];
type Times = Readonly<Record<Kind, number[]>>;

const addresses = new Map<Kind, readonly string[]>();
let magicLinkForm: ReadForm;

beforeAll(async () => {
  for (const kind of KINDS) {
    const made: string[] = [];
    for (let count = 0; count < ADDRESSES; count++) made.push(await make(kind));
    addresses.set(kind, made);
  }
  magicLinkForm = await readForm(server().client(), "/magic-link", "email");
});

async function make(kind: Kind): Promise<string> {
  const person = { email: newAddress(), password: GOOD_PASSWORD, name: "Test Person" };
  if (kind === "unverified") await signUpOnly(server(), person);
  if (kind === "known" || kind === "provider-only" || kind === "disabled") {
    const { database } = server();
    const id = await storeAccount(database, person);
    if (kind === "disabled") await database.query("UPDATE users SET disabled_at = now() WHERE id = $1", [id]);
    if (kind === "provider-only") await giveProviderInPlaceOfPassword(id);
  }
  return person.email;
}

async function giveProviderInPlaceOfPassword(userId: string): Promise<void> {
  const { query } = server().database;
  await query("DELETE FROM passwords WHERE user_id = $1", [userId]);
  await query(
    `INSERT INTO accounts (id, user_id, type, provider, provider_account_id)
     VALUES (gen_random_uuid(), $1, 'oidc', 'google', gen_random_uuid()::text)`,
    [userId],
  );
}

interface Flow {
  readonly expected: number;
  /** So many at once: an answer that is kept back until its time is over leaves the machine to others. */
  readonly atOnce: number;
  ask(email: string): Promise<Response>;
}

const FLOWS: Readonly<Record<string, Flow>> = {
  "a sign-in": {
    ...{ expected: 401, atOnce: 2 },
    ask: (email) => server().client().post("/api/sign-in", { email, password: "not the one that was chosen" }),
  },
  "a sign-up": {
    ...{ expected: 202, atOnce: 4 },
    ask: (email) => server().client().post("/api/sign-up", { email, password: "seven lanterns over quiet harbours" }),
  },
  "a forgotten password": {
    ...{ expected: 202, atOnce: 8 },
    ask: (email) => server().client().post("/api/password/forgot", { email }),
  },
  "another confirmation mail": {
    ...{ expected: 202, atOnce: 8 },
    ask: (email) => server().client().post("/api/verify-email/resend", { email }),
  },
  "a magic link": { expected: 303, atOnce: 8, ask: (email) => magicLinkForm.send(server().client(), email) },
};

async function measureMs(flow: Flow, email: string): Promise<number> {
  const beganMs = performance.now();
  const response = await flow.ask(email);
  const tookMs = performance.now() - beganMs;
  await response.arrayBuffer();
  expect(response.status).toBe(flow.expected);
  return tookMs;
}

/** Asks for all kinds in turn, each round in another order, so that what drifts falls on all alike. */
async function measureAll(flow: Flow): Promise<Times> {
  const times = Object.fromEntries(KINDS.map((kind) => [kind, []])) as unknown as Times;
  const asks = Array.from({ length: PAIRS }, (_, round) => shuffled(KINDS).map((kind) => ({ kind, round }))).flat();
  const worker = async () => {
    for (let next = asks.shift(); next; next = asks.shift()) {
      const { kind, round } = next;
      times[kind].push(await measureMs(flow, addresses.get(kind)?.[round % ADDRESSES] ?? ""));
    }
  };
  for (const kind of KINDS) await measureMs(flow, addresses.get(kind)?.[0] ?? "");
  await Promise.all(Array.from({ length: flow.atOnce }, worker));
  return times;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The AUC of each kind against both heaps of the unknown, and of those two against each other. */
function judge(times: Times): { calibration: number; found: Record<string, number> } {
  const unknown = [...times.unknown, ...times["another unknown"]];
  const others = KINDS.filter((kind) => !kind.endsWith("unknown"));
  return {
    calibration: separation(times.unknown, times["another unknown"]),
    found: Object.fromEntries(others.map((kind) => [kind, separation(times[kind], unknown)])),
  };
}

describe("the time of an answer", () => {
  it.for(Object.entries(FLOWS))("to %s tells nothing of what the address is (A21)", async ([, flow], { annotate }) => {
    let judged = judge(await measureAll(flow));
    for (let tries = 1; tries < CALIBRATIONS && Math.abs(judged.calibration - 0.5) > TOLERANCE; tries++) {
      judged = judge(await measureAll(flow));
    }
    const told = Object.entries(judged.found).map(([kind, auc]) => `${kind} ${auc.toFixed(3)}`);
    await annotate(`AUC of ${PAIRS} pairs: unknown and unknown ${judged.calibration.toFixed(3)}, ${told.join(", ")}`);
    expect(Math.abs(judged.calibration - 0.5)).toBeLessThanOrEqual(TOLERANCE);
    const telling = Object.entries(judged.found).filter(([, auc]) => Math.abs(auc - 0.5) > TOLERANCE);
    expect(telling).toEqual([]);
  });
});
