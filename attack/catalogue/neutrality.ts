import { attack } from "../attack";
import { demand, demandStatus, NotApplicable } from "../demand";
import { newAddress, newPassword, newPerson, signUp } from "../person";
import { separation } from "../separation";
import type { Target } from "../target";

/** What an answer shows of itself; of values that differ each time, only their form. */
interface Shape {
  readonly status: number;
  readonly headers: readonly string[];
  readonly cookies: readonly string[];
  readonly body: string;
}

async function shapeOf(response: Response, email: string): Promise<Shape> {
  const varying = /^(?:date|x-request-id|content-length|connection|keep-alive|set-cookie)$/;
  const body = (await response.text())
    .replaceAll(email, "<address>")
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"')
    .replaceAll(/"challenge":"[^"]*"/g, '"challenge":"…"');
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !varying.test(name)).map(([name, value]) => `${name}: ${value}`),
    cookies: response.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, "=…").replace(/expires=[^;]*/i, "")),
    body,
  };
}

type Call = (target: Target, email: string) => Promise<Response>;

/** Everything that takes an address of whoever asks. */
const CALLS: Readonly<Record<string, Call>> = {
  "sign-in": (target, email) =>
    target.client().post("/api/sign-in", { email, password: "not the one that was chosen" }),
  "sign-up": (target, email) => target.client().post("/api/sign-up", { email, password: newPassword() }),
  "a forgotten password": (target, email) => target.client().post("/api/password/forgot", { email }),
  "another confirmation mail": (target, email) => target.client().post("/api/verify-email/resend", { email }),
  "passkey options": (target, email) => target.client().post("/api/passkeys/authentication-options", { email }),
};

/** A20: whether an address has an account shows nowhere. */
async function sameAnswers(target: Target): Promise<void> {
  const known = (await newPerson(target)).email;
  const unverified = (await signUp(target)).email;
  for (const [what, call] of Object.entries(CALLS)) {
    const stranger = newAddress();
    const expected = await shapeOf(await call(target, stranger), stranger);
    demand(expected.status < 500, `${what} answers ${expected.status}`);
    for (const [kind, email] of [
      ["known", known],
      ["unconfirmed", unverified],
    ] as const) {
      const seen = await shapeOf(await call(target, email), email);
      for (const part of ["status", "headers", "cookies", "body"] as const) {
        const [a, b] = [JSON.stringify(seen[part]), JSON.stringify(expected[part])];
        demand(a === b, `${what}: ${part} for a ${kind} address is ${a}, for a stranger's ${b}`);
      }
    }
  }
}

const QUICK_PAIRS = 24;
const PAIRS = 500;
/** So few pairs show a missing hash, which is all that they are for. */
const QUICK_TOLERANCE = 0.3;
const TOLERANCE = 0.05;
const WARM_UP = 3;
/** A calibration that tells apart two heaps of one kind has measured the network or the machine, and is done anew. */
const CALIBRATIONS = 3;

/** A21: nor does it show in the time that an answer takes. */
async function sameTime(target: Target, pairs: number, tolerance: number): Promise<void> {
  const known = (await newPerson(target)).email;
  const measure = async (email: string) => {
    const beganMs = performance.now();
    demandStatus((await CALLS["sign-in"]?.(target, email)) as Response, 401, "sign-in");
    return performance.now() - beganMs;
  };
  for (let index = 0; index < WARM_UP; index++) await measure(newAddress());
  for (let tries = 0; tries < CALIBRATIONS; tries++) {
    const { calibration, found } = await compare(measure, known, pairs);
    if (Math.abs(calibration - 0.5) > tolerance) continue;
    demand(
      Math.abs(found - 0.5) <= tolerance,
      `the time of a sign-in tells a known address from an unknown one: AUC ${found.toFixed(2)}, of two unknown ones ${calibration.toFixed(2)}`,
    );
    return;
  }
  throw new NotApplicable(
    "the target's times vary too much: those of unknown addresses differ as much among themselves",
  );
}

/** The AUC of a known address against unknown ones, and of these against each other. */
async function compare(measure: (email: string) => Promise<number>, known: string, pairs: number) {
  const times = { known: [] as number[], one: [] as number[], another: [] as number[] };
  for (let pair = 0; pair < pairs; pair++) {
    // In another order each time, so that what drifts falls on all alike.
    const steps = [
      async () => times.known.push(await measure(known)),
      async () => times.one.push(await measure(newAddress())),
      async () => times.another.push(await measure(newAddress())),
    ];
    const turned = [...steps.slice(pair % 3), ...steps.slice(0, pair % 3)];
    for (const step of turned) await step();
  }
  return {
    calibration: separation(times.one, times.another),
    found: separation(times.known, [...times.one, ...times.another]),
  };
}

const needs = ["mailbox"] as const;

export const neutralityAttacks = [
  attack("A20", "OWASP, ASVS 6.3.8", "Does an address have an account? By the answer", sameAnswers, {
    needs,
    heldBy: "tests/http/password-reset.test.ts",
  }),
  attack(
    "A21",
    "GoTrue, better-auth",
    "Does an address have an account? By the time",
    (target) => sameTime(target, target.slow ? PAIRS : QUICK_PAIRS, target.slow ? TOLERANCE : QUICK_TOLERANCE),
    { needs, alone: true },
  ),
];
