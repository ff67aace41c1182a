import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { chooseSealingSecret, secretIds } from "@/lib/crypto/sealing-secret";
import { log } from "@/lib/log";
import { beat, signOff } from "./data";
import { HEARTBEAT_MS, NOTICE_MS } from "./policy";

/**
 * Makes this instance known to the others, and goes on doing so. Call it before the first request is served.
 *
 * An instance that lacks a secret which another one has, as the old ones do while a new secret is rolled out, gives the
 * others the time to notice it and to seal with what it can open.
 *
 * @returns Ends it, and says good-bye.
 */
export async function announceInstance(): Promise<() => Promise<void>> {
  const id = randomUUID();
  const own = secretIds();
  const others = await beatOnce(id, own);
  if (others.flat().some((secretId) => !own.includes(secretId))) await sleep(NOTICE_MS);

  const timer = setInterval(() => void beatOnce(id, own), HEARTBEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await signOff(id).catch((error: unknown) => log.warn({ error }, "this instance could not sign off"));
  };
}

/** With the database away nothing is learned, and the choice stays as it was. */
async function beatOnce(id: string, own: readonly string[]): Promise<string[][]> {
  try {
    const others = await beat(id, own);
    chooseSealingSecret(others);
    return others;
  } catch (error) {
    log.warn({ error }, "the other instances can't be asked for");
    return [];
  }
}
