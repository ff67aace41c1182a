/** Called by Next once in each server process, before the first request. */
export async function register(): Promise<void> {
  // Next replaces the variable when it compiles, and leaves the branch out of bundles for other runtimes.
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const [{ tellDoorOfProviders }, { tellDoor }, { foreseeGate }, { startBackgroundWork }] = await Promise.all([
      import("@/providers/tell-door"),
      import("@/lib/door"),
      import("@/app/_request/foresee-gate"),
      import("@/features/instance/start-background-work"),
    ]);
    await tellDoorOfProviders();
    // While code changes, this file keeps what it began with: then the gate itself, which doesn't, sees every request.
    if (process.env.NODE_ENV === "production") tellDoor({ foreseeGate });
    await startBackgroundWork();
  }
}
