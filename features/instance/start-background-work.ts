import { startCleanUpWorker } from "@/features/clean-up/clean-up-worker";
import { startMailWorker, stopMailWorker } from "@/features/mail/mail-worker";
import { redis } from "@/lib/redis";
import { announceInstance } from "./announce-instance";

// The server's program, which calls it after the last answer, is outside of Next's bundles.
const shared = globalThis as { latchkeyEndBackgroundWork?: () => Promise<void> };

/**
 * Starts what an instance does beside answering requests.
 *
 * Leaves behind how to end it: a mail that is being sent is sent to its end, and nobody waits for an instance that is gone.
 */
export async function startBackgroundWork(): Promise<void> {
  const signOff = await announceInstance();
  const stopCleanUp = startCleanUpWorker();
  startMailWorker();
  // Begun now, so that it is there when the first sign-in is counted.
  void redis();
  shared.latchkeyEndBackgroundWork = async () => {
    stopCleanUp();
    await Promise.all([stopMailWorker(), signOff()]);
  };
}
