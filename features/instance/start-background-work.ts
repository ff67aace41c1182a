import { startCleanUpWorker } from "@/features/clean-up/clean-up-worker";
import { startMailWorker, stopMailWorker } from "@/features/mail/mail-worker";
import { announceInstance } from "./announce-instance";

/** Starts what an instance does beside answering requests, and ends it when the process is told to. */
export async function startBackgroundWork(): Promise<void> {
  const signOff = await announceInstance();
  const stopCleanUp = startCleanUpWorker();
  startMailWorker();
  const stop = () => {
    stopCleanUp();
    void stopMailWorker();
    void signOff();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
