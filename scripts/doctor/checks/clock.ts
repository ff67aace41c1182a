import pg from "pg";

import { CLOCK_TOLERANCE_SECONDS } from "@/features/session/policy";
import { describeDuration } from "../../token/words";
import { defineCheck, type Finding, problem } from "../check";
import type { Answer } from "../instance";

const CONNECT_TIMEOUT_MS = 2_000;

/** Another clock, as seen from here. */
interface OtherClock {
  readonly of: string;
  /** By how much it is ahead of this machine's. */
  readonly aheadMs: number;
}

/** Whether this machine, the instance and the database have the same time. */
export const clock = defineCheck({
  name: "Clocks",
  needs: [],
  run: async ({ DATABASE_URL, instance }) => {
    const found = [DATABASE_URL ? await databaseClock(DATABASE_URL) : null, instance ? clockOf(instance.health) : null];
    const clocks = found.filter((one) => one !== null);
    if (clocks.length === 0)
      return { state: "not_looked_at", reason: "There is no other clock to compare this one with." };
    const off = clocks.filter(({ aheadMs }) => Math.abs(aheadMs) > CLOCK_TOLERANCE_SECONDS * 1000);
    const [first] = off;
    if (!first) return [];
    // Two that agree with each other are right.
    if (off.length > 1) return [ownClock(first)];
    return [otherClock(first)];
  },
});

const setIt = (whose: string) => `Have ${whose} follow a time server: timedatectl set-ntp true`;
const describe = ({ aheadMs }: OtherClock) => describeDuration(Math.abs(aheadMs) / 1000);

function ownClock(other: OtherClock): Finding {
  const direction = other.aheadMs > 0 ? "slow" : "fast";
  return problem(`The clock of this machine is ${describe(other)} ${direction}.`, setIt("this machine"));
}

function otherClock(other: OtherClock): Finding {
  const direction = other.aheadMs > 0 ? "ahead of" : "behind";
  const sentence = `The clock of the ${other.of} is ${describe(other)} ${direction} this machine's: sessions and codes that are valid are refused.`;
  return problem(sentence, setIt(`the machine of the ${other.of}, and this one,`));
}

/** @returns null where the database doesn't answer: its own check tells that. */
async function databaseClock(url: URL): Promise<OtherClock | null> {
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await client.connect();
    const askedAt = Date.now();
    const { rows } = await client.query<{ ms: string }>("SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms");
    return rows[0] ? { of: "database", aheadMs: Number(rows[0].ms) - (askedAt + Date.now()) / 2 } : null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clockOf({ headers, askedAt, answeredAt }: Answer): OtherClock | null {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? null : { of: "instance", aheadMs: date - (askedAt.getTime() + answeredAt.getTime()) / 2 };
}
