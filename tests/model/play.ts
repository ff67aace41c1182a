import { updateRepeatedClaims } from "@/features/account/data";
import { inTransaction } from "@/lib/db";
import { on } from "../support/instances";
import { must } from "./judge";
import type { Step } from "./steps";
import { browserOf, compareRows, serverOf, show, startServer, type World, wallClock } from "./world";

/** Between two steps. */
const STEP_MS = 10;
/** Clocks are allowed to differ by as much (S8). */
const MAX_SLACK_MS = 15_000;

/** Plays a story to its end. */
export async function play(world: World, story: readonly Step[]): Promise<void> {
  for (const step of story) {
    world.elapsedMs += STEP_MS;
    world.told.push(`${wallClock(world).toISOString().slice(0, 19)}  ${tell(step)}`);
    try {
      await take(world, step);
      await compareRows(world);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${why}\n\nThe story:\n${world.told.join("\n")}`, { cause: error });
    }
  }
}

function tell(step: Step): string {
  const { kind, ...rest } = step;
  return `${kind} ${Object.entries(rest)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => (value === true ? name : `${name}=${value}`))
    .join(" ")}`;
}

async function take(world: World, step: Step): Promise<void> {
  switch (step.kind) {
    case "ask":
      return ask(world, step);
    case "deliver":
      return deliver(world, step.browser);
    case "steal":
      world.stolen = { cookie: browserOf(world, step.browser).cookie, from: browserOf(world, step.browser) };
      return;
    case "thief asks":
      return thiefAsks(world, step);
    case "revoke":
      return revoke(world, step);
    case "change role":
      return changeRole(world, step.instance);
    case "wait":
      world.elapsedMs += step.seconds * 1000;
      return;
    case "clock back":
      world.slackMs = Math.min(world.slackMs + step.seconds * 1000, MAX_SLACK_MS);
      return;
    case "weather":
      serverOf(world, step.instance).weather = step.weather;
      return;
    case "flush":
      return flush(world, step.instance);
    case "restart":
      startServer(world, serverOf(world, step.instance));
      return;
  }
}

async function ask(world: World, step: Step & { kind: "ask" }): Promise<void> {
  const browser = browserOf(world, step.browser);
  const servers = [...new Set(step.instances)].map((name) => serverOf(world, name));
  const together = step.instances.map((name) => serverOf(world, name));
  must(servers.length > 0, "A request goes somewhere.");
  const [first, ...others] = await show(world, browser, browser.cookie, together, step);
  if (!first || step.answer === "lost") return;
  if (step.answer === "late") browser.late.push(first, ...others);
  else browser.cookie = first;
}

/** An answer from a while ago arrives, and overwrites whatever the browser holds by now. */
function deliver(world: World, name: string): void {
  const browser = browserOf(world, name);
  const cookie = browser.late.shift();
  if (!cookie) return;
  if (cookie.gen < browser.cookie.gen) browser.suspicious = true;
  browser.cookie = cookie;
}

async function thiefAsks(world: World, step: Step & { kind: "thief asks" }): Promise<void> {
  const { stolen } = world;
  if (!stolen) return;
  stolen.from.suspicious = true;
  const [cookie] = await show(world, stolen.from, stolen.cookie, [serverOf(world, step.instance)], {
    ...step,
    force: false,
    fresh: false,
  });
  if (cookie) stolen.cookie = cookie;
}

const REASONS = {
  own: "revoked_by_user",
  others: "revoked_by_user",
  admin: "revoked_by_admin",
  "sign out": "signed_out",
  slow: "revoked_by_admin",
} as const;

/** Revokes at an instance whose database is there. */
async function revoke(world: World, { browser, instance, way }: Step & { kind: "revoke" }): Promise<void> {
  const { engine, userId } = world;
  const server = serverOf(world, instance);
  if (server.weather !== "up") return;
  const { cookie } = browserOf(world, browser);
  const now = wallClock(world);
  await on(server, async () => {
    if (way === "own") return engine.endOwnSession(userId, cookie.sid, now);
    if (way === "sign out") return engine.endSession(cookie, "signed_out", now);
    if (way === "slow") return endSlowly(world, cookie.sid, now);
    return engine.endSessionsOf(userId, REASONS[way], now, way === "others" ? { except: cookie.sid } : {});
  });
  for (const { name, session } of world.browsers.values()) {
    const meant = way === "admin" || (way === "others" ? name !== browser : name === browser);
    if (meant) session.ended ??= { reason: REASONS[way], atMs: world.elapsedMs, by: way === "slow" ? null : server };
  }
}

/** A revocation that is written down, read past by every feed, and only then committed. */
async function endSlowly(world: World, sid: string, now: Date): Promise<void> {
  await inTransaction(async (database) => {
    await world.engine.endSessions(database, { ids: [sid] }, REASONS.slow, now);
    for (const other of world.servers.values()) await on(other, () => other.feed.ensure(0));
  });
}

async function changeRole(world: World, name: string): Promise<void> {
  const server = serverOf(world, name);
  if (server.weather !== "up") return;
  const version = world.changes.length + 1;
  await on(server, async () => {
    await inTransaction((database) => updateRepeatedClaims(database, world.userId, { roles: [`role-${version}`] }));
    server.feed.noteClaims(world.userId, version);
  });
  world.changes.push({ version, atMs: world.elapsedMs, by: server });
}

async function flush(world: World, name: string): Promise<void> {
  const server = serverOf(world, name);
  await on(server, () => server.confirmations.flush());
  const inHand = server.inHand.splice(0);
  if (server.weather === "up") for (const [session, generation] of inHand) session.confirmed.add(generation);
}
