import { Failure } from "@/lib/failure";
import { SignInRefused } from "./contestants";
import { type Measurement, putLoadOn, putStepsOn } from "./load";
import type { RunningApp } from "./running-app";

/** An application with somebody signed in. */
export interface ReadyApp {
  readonly app: RunningApp;
  /** null where nobody signs in. */
  readonly cookie: string | null;
}

/** One row of a scenario's table comes of each of these. */
export type Rows = Readonly<Record<string, Measurement>>;

/** Something that all applications do which can. */
export interface Scenario {
  readonly title: string;
  /** What the ratios are held against: a bare app, or the application itself at rest. */
  readonly base: "bare" | "bare-middleware" | "itself";
  takesPart(ready: ReadyApp): boolean;
  /** Measures it once. The key is what tells several rows of one application apart, empty where there is one. */
  measure(ready: ReadyApp, seconds: number): Promise<Rows>;
}

const REFRESHING_BROWSERS = 8;
/** Few enough for every application to be idle most of the time. */
const READS_PER_SECOND_BESIDE_SIGN_INS = 200;

const isBare = ({ app }: ReadyApp) => app.contestant.id.startsWith("bare");
const signsInItself = ({ app }: ReadyApp) => app.contestant.ownSignIn;

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  open: {
    title: "An open JSON route",
    base: "bare",
    takesPart: ({ app }) => app.contestant.id !== "bare-middleware",
    measure: async ({ app }, seconds) => ({
      "": await putLoadOn(app, { path: app.contestant.paths.open, cookie: null, status: 200, seconds }),
    }),
  },
  json: {
    title: "A protected JSON route",
    base: "bare-middleware",
    takesPart: () => true,
    measure: async ({ app, cookie }, seconds) => ({
      "": await putLoadOn(app, { path: app.contestant.paths.me, cookie, status: 200, seconds }),
    }),
  },
  page: {
    title: "A protected page",
    base: "bare-middleware",
    takesPart: () => true,
    measure: async ({ app, cookie }, seconds) => ({
      "": await putLoadOn(app, { path: app.contestant.paths.page, cookie, status: 200, seconds }),
    }),
  },
  session: {
    title: "The session, as a browser's client asks for it",
    base: "bare",
    takesPart: (ready) => ready.app.contestant.paths.session !== undefined || ready.app.contestant.id === "bare",
    measure: async ({ app, cookie }, seconds) => {
      const { session, me } = app.contestant.paths;
      return { "": await putLoadOn(app, { path: session ?? me, cookie, status: 200, seconds }) };
    },
  },
  refused: {
    title: "A page that is refused, beside a bare app's page",
    base: "bare-middleware",
    takesPart: () => true,
    measure: async (ready, seconds) => {
      const { page: path } = ready.app.contestant.paths;
      const status = isBare(ready) ? 200 : await statusOf(ready.app.origin + path);
      return { "": await putLoadOn(ready.app, { path, cookie: null, status, seconds }) };
    },
  },
  rotation: {
    title: "A rotation of the session",
    base: "bare",
    takesPart: ({ app }) => app.contestant.id === "latchkey",
    measure: async ({ app }, seconds) => ({ "": await rotate(app, seconds) }),
  },
  storm: {
    title: "Signed-in reads (200 a second) while people sign in",
    base: "itself",
    takesPart: signsInItself,
    measure: async (ready, seconds) => ({
      idle: await readBesideSignIns(ready, 0, seconds),
      "8 in flight": await readBesideSignIns(ready, 8, seconds),
      "50 in flight": await readBesideSignIns(ready, 50, seconds),
    }),
  },
  "sign-ins": {
    title: "Sign-ins with a password, 8 in flight",
    base: "itself",
    takesPart: signsInItself,
    measure: async ({ app }, seconds) => ({
      "": await putStepsOn(app, { lanes: 8, seconds }, () => signInOnce(app)),
    }),
  },
};

/** The status of a refusal, which has to lead away. */
async function statusOf(address: string): Promise<number> {
  const { status } = await fetch(address, { redirect: "manual" });
  if (status < 300 || status > 399) throw new Failure("bench_unexpected_answer", `${address} let a visitor in.`);
  return status;
}

/** Each browser goes on with the cookie that its last rotation gave it. */
async function rotate(app: RunningApp, seconds: number): Promise<Measurement> {
  const cookies = await Promise.all(
    Array.from({ length: REFRESHING_BROWSERS }, () => app.contestant.signIn(app.origin)),
  );
  return putStepsOn(app, { lanes: REFRESHING_BROWSERS, seconds }, async (lane) => {
    const headers = { cookie: cookies[lane] ?? "", origin: app.origin };
    const response = await fetch(`${app.origin}/api/refresh`, { method: "POST", headers });
    await response.arrayBuffer();
    const [line] = response.headers.getSetCookie();
    if (!response.ok || !line)
      throw new Failure("bench_unexpected_answer", `A rotation was answered ${response.status}.`);
    cookies[lane] = line.split(";", 1)[0] ?? "";
  });
}

async function readBesideSignIns({ app, cookie }: ReadyApp, inFlight: number, seconds: number): Promise<Measurement> {
  let over = false;
  const people = Array.from({ length: inFlight }, async () => {
    while (!over) await signInOnce(app);
  });
  const { me: path } = app.contestant.paths;
  const load = { path, cookie, status: 200, seconds, perSecond: READS_PER_SECOND_BESIDE_SIGN_INS };
  const measured = await putLoadOn(app, load).finally(() => {
    over = true;
  });
  await Promise.all(people);
  return measured;
}

/** Being told to come back later is an answer too; whoever is, waits a moment. */
async function signInOnce(app: RunningApp): Promise<void> {
  try {
    await app.contestant.signIn(app.origin);
  } catch (error) {
    if (!(error instanceof SignInRefused) || error.status !== 503) throw error;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
