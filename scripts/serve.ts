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

/** How Node is started for the server. */
export function appServerArguments(root: string): string[] {
  return ["--import", "tsx", join(root, "scripts", "app-server.ts")];
}
