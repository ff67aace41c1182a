/** Called by Next once in each server process, before the first request. */
export async function register(): Promise<void> {
  // Next replaces the variable when it compiles, and leaves the branch out of bundles for other runtimes.
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const { startBackgroundWork } = await import("@/features/instance/start-background-work");
    await startBackgroundWork();
  }
}
