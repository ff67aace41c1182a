import { Redis } from "ioredis";

import { defineCheck, problem } from "../check";
import { codeOf } from "../instance";

const TIMEOUT_MS = 3_000;
const CONSEQUENCE = "rate limits are counted in PostgreSQL meanwhile";

/** What Redis itself says, by its first word, and the network. */
const REASONS: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  WRONGPASS: ["refuses the password", "Correct user and password in REDIS_URL"],
  NOAUTH: ["wants a password", "Put the password into REDIS_URL: rediss://user:password@host:6379"],
  NOPERM: ["does not let this user ask it", "Let the user of REDIS_URL run all commands on all keys"],
  ENOTFOUND: ["has a name that nobody knows", "Correct the host in REDIS_URL"],
};

/** Whether Redis answers, where one is configured. */
export const redis = defineCheck({
  name: "Redis",
  needs: [],
  run: async ({ REDIS_URL }, { variables }) => {
    if (!REDIS_URL) {
      return variables["REDIS_URL"]
        ? { state: "not_looked_at", reason: "REDIS_URL is not valid." }
        : { state: "not_used", reason: "REDIS_URL is not set: rate limits are in PostgreSQL." };
    }
    const said = await ask(REDIS_URL);
    if (said === null) return [];
    const [what, fix] = REASONS[said] ?? [
      `does not answer (${said})`,
      "Start Redis there, or correct REDIS_URL, or remove it",
    ];
    return [problem(`The Redis of REDIS_URL ${what}: ${CONSEQUENCE}.`, fix)];
  },
});

/** @returns null when it answers; else one word for why not. */
async function ask(url: URL): Promise<string | null> {
  const client = new Redis(url.href, {
    ...{ lazyConnect: true, connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS, maxRetriesPerRequest: 0 },
    retryStrategy: () => null,
  });
  // A refused password is told as an event, while `connect` goes on waiting.
  const refused = new Promise<string>((resolve) => client.on("error", (error: unknown) => resolve(wordOf(error))));
  try {
    return await Promise.race([refused, enter(client)]);
  } catch (error) {
    return wordOf(error);
  } finally {
    client.disconnect();
  }
}

async function enter(client: Redis): Promise<null> {
  await client.connect();
  await client.ping();
  return null;
}

function wordOf(error: unknown): string {
  const { name, message } = error as Error;
  return name === "ReplyError" ? (message.split(" ")[0] ?? name) : codeOf(error);
}
