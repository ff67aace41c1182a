import "server-only";

import {
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterStoreAbstract,
} from "rate-limiter-flexible";

import { db } from "@/lib/db";
import { env } from "@/lib/env/env";
import { redis } from "@/lib/redis";
import { BUDGETS, type BudgetName } from "./policy";

/** Of the schema; rate-limiter-flexible would make it itself, which the application's database role need not be allowed to. */
const TABLE = "rate_limits";
const REDIS_PREFIX = "latchkey:limit";

/** What came of one try. */
export interface Draw {
  readonly allowed: boolean;
  /** Whether it is the first that this budget refuses in its window. */
  readonly isFirstRefused: boolean;
  /** Until the budget is full again, in milliseconds. */
  readonly waitMs: number;
}

/**
 * Takes one try from a budget. Of however many callers at once, on however many instances, as many are allowed as the budget
 * has tries: in Postgres it is one `INSERT … ON CONFLICT DO UPDATE … RETURNING`, in Redis one script.
 *
 * With Redis away Postgres counts in its place, from nothing: the limits then hold once more, but never open.
 *
 * @throws When Postgres is away too.
 */
export async function consume(budget: BudgetName, key: string): Promise<Draw> {
  const limiter = await limiterOf(budget);
  const result = await limiter.consume(key).catch((refusal: unknown) => {
    if (refusal instanceof RateLimiterRes) return refusal;
    throw refusal;
  });
  const { consumedPoints, msBeforeNext } = result;
  const allowed = consumedPoints <= limiter.points;
  return { allowed, isFirstRefused: consumedPoints === limiter.points + 1, waitMs: msBeforeNext };
}

/** Gives one try back. A window that ended meanwhile starts with one more, for each try that was under way. */
export async function restore(budget: BudgetName, key: string): Promise<void> {
  await (await limiterOf(budget)).reward(key);
}

/** Fills a budget up. */
export async function forget(budget: BudgetName, key: string): Promise<void> {
  await (await limiterOf(budget)).delete(key);
}

async function limiterOf(budget: BudgetName): Promise<RateLimiterStoreAbstract> {
  const { tries, seconds } = BUDGETS[budget];
  const points = Math.max(Math.round(tries * env().RATE_LIMIT_SCALE), 1);
  const inPostgres = new RateLimiterPostgres({
    ...{ points, duration: seconds, keyPrefix: "", tableName: TABLE, storeClient: POSTGRES, storeType: "client" },
    tableCreated: true,
    clearExpiredByTimeout: false,
  });
  const client = await redis();
  if (!client) return inPostgres;
  return new RateLimiterRedis({
    ...{ points, duration: seconds, keyPrefix: REDIS_PREFIX, storeClient: client },
    rejectIfRedisNotReady: true,
    insuranceLimiter: inPostgres,
  });
}

/** The part of node-postgres that rate-limiter-flexible asks for, over the connections that there are already. */
const POSTGRES = {
  async query({ text, values }: { text: string; values: (string | number)[] }) {
    // What is larger than an integer is the time, which is a bigint there.
    const parameters = values.map((value) =>
      typeof value === "number" && value > 0x7fff_ffff ? BigInt(value) : value,
    );
    const rows = await db().$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(text, ...parameters);
    return { rows: rows.map((row) => ({ ...row, expire: Number(row.expire) })), rowCount: rows.length };
  },
};
