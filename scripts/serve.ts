import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** `npm run serve`: the production server, configured by the environment alone. */
export default async function serve(): Promise<number> {
  // A process of its own, without what the commands' loader brings along.
  const server = spawn(process.execPath, appServerArguments(process.cwd()), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill("SIGTERM"));
  const [code, signal] = (await once(server, "exit")) as [number | null, NodeJS.Signals | null];
  return code ?? (signal ? 1 : 0);
}

/** The server's program, as a build makes it. */
export const serverBundle = (root: string) => join(root, ".next", "latchkey-server.mjs");

/** How Node is started for the server: as it was built, or from its sources while they change. */
export function appServerArguments(root: string, { development = false } = {}): string[] {
  return development ? ["--import", "tsx", join(root, "scripts", "app-server.ts"), "--dev"] : [serverBundle(root)];
}
