/** Called by Next once in each server process, before the first request. */
export async function register(): Promise<void> {
  // Next replaces the variable when it compiles, and leaves the branch out of bundles for other runtimes.
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const [{ tellDoorOfProviders }, { startBackgroundWork }] = await Promise.all([
      import("@/providers/tell-door"),
      import("@/features/instance/start-background-work"),
    ]);
    await tellDoorOfProviders();
    await startBackgroundWork();
  }
}
