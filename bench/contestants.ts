import { join } from "node:path";

import { appServerArguments } from "../scripts/serve";
import { LATCHKEY_COPY } from "./latchkey-copy";

export const PEERS = join(process.cwd(), "bench", "peers");

/** The one person who signs in everywhere. */
export const PERSON = { email: "ada@latchkey.example", password: "violet kettle drums past midnight" };

/** Where an application answers what a scenario asks for. */
interface Paths {
  readonly open: string;
  readonly me: string;
  readonly page: string;
  /** What a browser's client asks for to know whether somebody is signed in. */
  readonly session?: string;
}

/** One application of the comparison. */
export interface Contestant {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly startArguments: readonly string[];
  readonly paths: Paths;
  /** Whether its way of signing in is its own, and not what our few lines chose for it. */
  readonly ownSignIn: boolean;
  environment(origin: string): Readonly<Record<string, string>>;
  /** @returns The `Cookie` of somebody who is signed in; null where nobody does. */
  signIn(origin: string): Promise<string | null>;
}

const PATHS: Paths = { open: "/api/open", me: "/api/me", page: "/members" };
const SECRET = "bench-0123456789-abcdefghijklmnopqrstuvwxyz";
const NEXT = join(PEERS, "node_modules", "next", "dist", "bin", "next");

const peer = (id: string, name: string, rest: Partial<Contestant> = {}): Contestant => ({
  ...{ id, name, folder: join(PEERS, id), startArguments: [NEXT, "start"], paths: PATHS, ownSignIn: false },
  environment: () => ({}),
  signIn: async () => null,
  ...rest,
});

const betterAuth: Partial<Contestant> = {
  folder: join(PEERS, "better-auth"),
  paths: { ...PATHS, session: "/api/auth/get-session" },
  ownSignIn: true,
  environment: (origin) => ({ BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_URL: origin }),
  signIn: (origin) => cookieOf(postJson(origin, "/api/auth/sign-in/email", PERSON)),
};

/** All applications, the bare ones first: everything else is held against them. */
export const CONTESTANTS: readonly Contestant[] = [
  peer("bare", "bare Next"),
  peer("bare-middleware", "bare Next, empty middleware"),
  {
    id: "latchkey",
    name: "Latchkey",
    folder: LATCHKEY_COPY,
    startArguments: appServerArguments(LATCHKEY_COPY),
    paths: { ...PATHS, open: "/healthz", session: "/api/auth/session" },
    ownSignIn: true,
    environment: (origin) => ({
      ...{ AUTH_SECRET: SECRET, AUTH_URL: origin, LATCHKEY_LOOPBACK_ONLY: "1", RATE_LIMIT_SCALE: "100000" },
      // Rotated a hundred times as often as any browser does, a row would hold a hundred recent rotations.
      SESSION_ROTATION_GRACE: "1",
      ...{ EMAIL_SERVER: "smtp://127.0.0.1:1", EMAIL_FROM: "Latchkey <no-reply@latchkey.example>" },
    }),
    signIn: (origin) => cookieOf(postJson(origin, "/api/sign-in", PERSON)),
  },
  peer("auth-js", "stock Auth.js", {
    paths: { ...PATHS, session: "/api/auth/session" },
    ownSignIn: true,
    environment: (origin) => ({ AUTH_SECRET: SECRET, AUTH_URL: origin }),
    signIn: signInWithAuthJs,
  }),
  peer("better-auth", "better-auth, database", betterAuth),
  peer("better-auth-cache", "better-auth, cookie cache", {
    ...betterAuth,
    environment: (origin) => ({ BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_URL: origin, COOKIE_CACHE: "1" }),
  }),
  peer("iron-session", "iron-session", {
    environment: () => ({ IRON_SESSION_SECRET: SECRET }),
    signIn: (origin) => cookieOf(postJson(origin, "/api/sign-in", PERSON)),
  }),
];

function postJson(origin: string, path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", origin };
  return fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" });
}

/** Auth.js wants its csrf token back, in a form and in a cookie. */
async function signInWithAuthJs(origin: string): Promise<string> {
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const headers = { cookie: await cookieOf(Promise.resolve(csrf)) };
  const body = new URLSearchParams({ ...PERSON, csrfToken });
  const callback = `${origin}/api/auth/callback/credentials`;
  return cookieOf(fetch(callback, { method: "POST", headers, body, redirect: "manual" }));
}

/** @throws When the answer sets none: then nobody was signed in. */
async function cookieOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  const cookies = response.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  const refused = response.headers.get("location")?.includes("error=");
  if (cookies.length === 0 || refused || response.status >= 400) throw new SignInRefused(response.status);
  return cookies.join("; ");
}

/** A sign-in that was turned away. */
export class SignInRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`A sign-in was answered with ${status}.`);
    this.status = status;
  }
}
