import { systemClock } from "@/lib/clock";
import { log } from "@/lib/log";
import { deliverDueMails } from "./deliver-mails";
import { type MailWorker, mailWorkerSlot } from "./wake-mail-worker";

const IDLE_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Starts this process's mail worker, unless it runs: it looks for due mails every two seconds, and at once when woken.
 * Any number of processes may run one; each mail is taken by one of them. Its timers keep no process alive.
 */
export function startMailWorker(): void {
  mailWorkerSlot.latchkeyMailWorker ??= createWorker();
}

/** Lets the worker finish the mails that it has in hand, and ends it. */
export async function stopMailWorker(): Promise<void> {
  const worker = mailWorkerSlot.latchkeyMailWorker;
  delete mailWorkerSlot.latchkeyMailWorker;
  await worker?.stop();
}

function createWorker(): MailWorker {
  let stopped = false;
  let woken = false;
  let endPause = () => {};

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      // Woken while the last round was under way: that round may have looked just before the commit.
      if (woken || stopped) endPause();
    });

  const run = async () => {
    let failedRounds = 0;
    while (!stopped) {
      woken = false;
      const { taken, failed } = await deliverOnce(failedRounds);
      failedRounds = failed ? failedRounds + 1 : 0;
      if (taken === 0) await pause(pauseAfter(failedRounds));
    }
  };

  const ended = run();
  return {
    wake: () => {
      woken = true;
      endPause();
    },
    stop: async () => {
      stopped = true;
      endPause();
      await ended;
    },
  };
}

function pauseAfter(failedRounds: number): number {
  return Math.min(IDLE_PAUSE_MS * 2 ** failedRounds, LONGEST_PAUSE_MS);
}

/** Logs the first of several failed rounds and the first good one after them, not those between. */
async function deliverOnce(failedRounds: number): Promise<{ taken: number; failed: boolean }> {
  try {
    const taken = await deliverDueMails(systemClock());
    if (failedRounds > 0) log.info({ failedRounds }, "Mails are being delivered again.");
    return { taken, failed: false };
  } catch (error) {
    if (failedRounds === 0) log.error({ error }, "Mails can't be delivered just now. Trying until it works.");
    return { taken: 0, failed: true };
  }
}
