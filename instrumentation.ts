/** Called by Next once in each server process, before the first request. */
export async function register(): Promise<void> {
  // Next replaces the variable when it compiles, and leaves the branch out of bundles for other runtimes.
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { startMailWorker, stopMailWorker } = await import("@/features/mail/mail-worker");
  const { startCleanUpWorker } = await import("@/features/clean-up/clean-up-worker");
  const { announceInstance } = await import("@/features/instance/announce-instance");
  const signOff = await announceInstance();
  startMailWorker();
  const stopCleanUp = startCleanUpWorker();
  const stop = () => {
    stopCleanUp();
    void signOff();
    void stopMailWorker();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
