import type { Redis } from "ioredis";

import { env } from "./env/env";
import { log } from "./log";

const CONNECT_TIMEOUT_MS = 1_000;
/** An answer takes less than a millisecond. A Redis that is frozen is given up after this, and not waited for again. */
const ANSWER_TIMEOUT_MS = 300;
const LONGEST_RECONNECT_WAIT_MS = 2_000;

// One connection for all bundles of the process.
const shared = globalThis as { latchkeyRedis?: Promise<Redis> };

/**
 * The connection to Redis, begun at the first call; null without `REDIS_URL`, and then the client isn't even loaded.
 *
 * Commands fail at once while it isn't there: whoever uses it has another way. It comes back by itself.
 */
export async function redis(): Promise<Redis | null> {
  const { REDIS_URL } = env();
  if (!REDIS_URL) return null;
  shared.latchkeyRedis ??= connect(REDIS_URL);
  return shared.latchkeyRedis;
}

async function connect(url: URL): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const client = new Redis(url.href, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: ANSWER_TIMEOUT_MS,
    // The connection is cut then, so that the next command doesn't wait as well.
    socketTimeout: ANSWER_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_RECONNECT_WAIT_MS),
  });
  let isAway = false;
  client.on("error", (error: unknown) => {
    if (!isAway) log.warn({ error }, "Redis is away.");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) log.info({}, "Redis is back.");
    isAway = false;
  });
  return client;
}
