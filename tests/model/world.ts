import { randomUUID } from "node:crypto";
import type pg from "pg";

import type { UserId } from "@/features/account/user-id";
import type { SessionCheck } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { on } from "../support/instances";
import type { Engine } from "./engine";
import { type Change, judge, must, type Presentation, type SeenRow, type Server } from "./judge";
import { ModelSession } from "./model";
import { BROWSERS, INSTANCES, type Step } from "./steps";

/** A browser with its one cookie, and answers that are still on their way to it. */
export interface Browser {
  readonly name: string;
  readonly session: ModelSession;
  cookie: SessionClaims;
  readonly late: SessionClaims[];
  /** A thief has used a copy, or a late answer has put an old cookie back. */
  suspicious: boolean;
}

/** What a story happens in: servers over one database, browsers, a thief, and clocks. */
export interface World {
  readonly engine: Engine;
  readonly sql: pg.Client;
  readonly userId: UserId;
  readonly servers: ReadonlyMap<string, Server>;
  readonly browsers: ReadonlyMap<string, Browser>;
  readonly changes: Change[];
  stolen: { cookie: SessionClaims; from: Browser } | null;
  /** Since the story began, by a clock that never steps. */
  elapsedMs: number;
  /** How far the servers' clocks have stepped back in all. */
  slackMs: number;
  readonly told: string[];
}

const BEGIN = Date.parse("2026-01-01T12:00:00.000Z");
/** Longer than any run: confirmations are written when the story says so. */
const NEVER_MS = 2_000_000_000;

/** What the servers' clocks say. */
export const wallClock = (world: World) => new Date(BEGIN + world.elapsedMs - world.slackMs);

/** A new person, signed in in each browser, at three servers that know nothing yet. */
export async function newWorld(engine: Engine, sql: pg.Client, clients: readonly PrismaClient[]): Promise<World> {
  const userId = randomUUID() as UserId;
  await sql.query("DELETE FROM revocation_feed");
  await sql.query({
    name: "person",
    text: "INSERT INTO users (id, email, email_verified, updated_at) VALUES ($1, $2, now(), now())",
    values: [userId, `${userId}@example.com`],
  });
  const servers = new Map<string, Server>();
  const browsers = new Map<string, Browser>();
  const world: World = {
    ...{ engine, sql, userId, servers, browsers, changes: [], stolen: null, elapsedMs: 0, slackMs: 0, told: [] },
  };
  for (const [index, name] of INSTANCES.entries()) {
    const client = clients[index];
    if (!client) throw new Error("Each server needs a client.");
    servers.set(
      name,
      startServer(world, { name, client, weather: "up", lastGoodMs: Number.NEGATIVE_INFINITY, inHand: [] }),
    );
  }
  for (const name of BROWSERS) browsers.set(name, await signIn(world, name));
  return world;
}

/** A server that has just been started: what it knew is gone, and so is what it had in hand. */
export function startServer(world: World, server: Omit<Server, "feed" | "confirmations">): Server {
  const { RevocationFeed, Confirmations, readFeed } = world.engine;
  const started: Server = Object.assign(server, {
    confirmations: new Confirmations({ flushDelayMs: NEVER_MS }),
    feed: new RevocationFeed({
      nowMs: () => world.elapsedMs,
      read: async (since: Date | null, lookBackSeconds: number) => {
        const reading = await readFeed(since, lookBackSeconds);
        started.lastGoodMs = world.elapsedMs;
        return reading;
      },
    }),
  });
  started.lastGoodMs = Number.NEGATIVE_INFINITY;
  started.inHand.length = 0;
  return started;
}

async function signIn(world: World, name: string): Promise<Browser> {
  const proof = {
    userId: world.userId,
    method: "password",
    aal: 1,
    amr: ["pwd"],
    remember: true,
    userAgent: null,
    ip: null,
  } as const;
  const begun = await on(serverOf(world, "A"), () => world.engine.startSession(proof, wallClock(world)));
  if (!begun.ok) throw new Error("Nobody is disabled here.");
  return { name, session: new ModelSession(world.elapsedMs), cookie: begun.value, late: [], suspicious: false };
}

export function serverOf(world: World, name: string): Server {
  const server = world.servers.get(name);
  if (!server) throw new Error(`There is no server ${name}.`);
  return server;
}

export function browserOf(world: World, name: string): Browser {
  const browser = world.browsers.get(name);
  if (!browser) throw new Error(`There is no browser ${name}.`);
  return browser;
}

type Ask = Pick<Step & { kind: "ask" }, "how" | "force" | "fresh">;

/**
 * Shows one cookie to one or several servers at once: as a page does (the gate rotates, then the page looks at what the gate
 * has put in the cookie's place), as the API does (the gate looks, the handler rotates), or one of the two without a gate.
 *
 * @returns The cookies that the answers carry.
 */
export async function show(
  world: World,
  from: Browser,
  cookie: SessionClaims,
  servers: Server[],
  ask: Ask,
): Promise<SessionClaims[]> {
  const value = world.engine.sealSessionCookie(cookie);
  const isApi = ask.how === "api" || ask.how === "handler";
  const options = { mayRotate: ask.how !== "render", force: ask.force && isApi, fresh: ask.fresh };
  const now = wallClock(world);
  const check = (server: Server, shown: string, mayRotate: boolean) =>
    on(server, () => world.engine.checkSession(shown, { now, ...options, mayRotate }));
  const presentation = (server: Server, presented: SessionClaims): Presentation => ({
    ...{ session: from.session, cookie: presented, server, ...options, atMs: world.elapsedMs, slackMs: world.slackMs },
    ...{ secondsLeft: presented.win - now.getTime() / 1000, changes: world.changes, suspicious: from.suspicious },
    alone: new Set(servers).size === 1,
  });

  if (ask.how === "api") {
    for (const server of servers) {
      const looked = await on(server, () => world.engine.checkSession(value, { now, mayRotate: false }));
      judge(
        { ...presentation(server, cookie), mayRotate: false, force: false, fresh: false },
        looked,
        await readRow(world, cookie.sid),
      );
    }
  }
  const outcomes = await Promise.all(servers.map((server) => check(server, value, options.mayRotate)));
  const row = await readRow(world, cookie.sid);
  for (const [index, outcome] of outcomes.entries()) {
    const server = servers[index];
    if (server) judge(presentation(server, cookie), outcome, row);
    world.told.push(`    ${server?.name}: ${describe(outcome)}`);
  }
  if (ask.how === "page") {
    for (const [index, server] of servers.entries()) {
      const claims = liveClaims(outcomes[index]);
      if (!claims) continue;
      const seen = await check(server, world.engine.sealSessionCookie(claims), false);
      world.told.push(`    its page: ${describe(seen)}`);
      judge({ ...presentation(server, claims), mayRotate: false }, seen, row);
    }
  }
  if (servers.some((server) => server.weather === "cut")) catchUp(world, from.session, cookie.gen, row);
  return outcomes.flatMap((outcome) => (outcome.state === "live" && outcome.rotated ? [outcome.claims] : []));
}

const liveClaims = (outcome: SessionCheck | undefined) => (outcome?.state === "live" ? outcome.claims : null);

function describe(outcome: SessionCheck): string {
  if (outcome.state === "ended") return `ended, ${outcome.reason}`;
  if (outcome.state !== "live") return outcome.state;
  return `live, generation ${outcome.claims.gen}${outcome.rotated ? " (rotated)" : ""}`;
}

/** What was carried out though its answer was lost shows only in the row. */
function catchUp(world: World, session: ModelSession, presented: number, row: SeenRow): void {
  if (row.generation === session.generation + 1 && presented === session.generation) session.advance(world.elapsedMs);
  else if (row.touchedNow && presented === session.generation - 1) session.giveOutAgain(world.elapsedMs);
  if (row.endReason === null || session.ended) return;
  const reason = session.answers(presented, world.elapsedMs, world.slackMs).find((answer) => answer === row.endReason);
  must(reason !== undefined && reason !== "live", `the row ended as ${row.endReason}`);
  if (reason && reason !== "live") session.ended = { reason, atMs: world.elapsedMs, by: null };
}

/** The invariants of the row: it says what the model says, and nothing else. */
export async function compareRows(world: World): Promise<void> {
  for (const { name, session, cookie } of world.browsers.values()) {
    const row = await readRow(world, cookie.sid);
    must(
      row.generation === session.generation,
      `${name}: the row is at ${row.generation}, the model at ${session.generation}`,
    );
    must(
      row.endReason === (session.ended?.reason ?? null),
      `${name}: the row ended as ${row.endReason}, the model as ${session.ended?.reason}`,
    );
  }
}

async function readRow(world: World, sid: string): Promise<SeenRow> {
  const { rows } = await world.sql.query({
    name: "row",
    text: `SELECT generation, end_reason AS "endReason", last_seen_at = $2 AS "touchedNow" FROM sessions WHERE id = $1`,
    values: [sid, wallClock(world)],
  });
  return rows[0];
}
