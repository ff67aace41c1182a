import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_TIMEOUT_MS = 10_000;

/**
 * Stops a PostgreSQL that an earlier start left behind on this data folder when it was killed, and removes its stale lock.
 * Nothing but a `postgres` that this folder's own lock file names is ever signalled.
 */
export async function stopLeftover(dataDirectory: string): Promise<void> {
  const lockFile = join(dataDirectory, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  if (Number.isInteger(pid) && pid > 1 && commandOf(pid).includes("postgres")) {
    process.kill(pid, "SIGINT");
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (isAlive(pid) && Date.now() < deadline) await sleep(50);
    if (isAlive(pid)) process.kill(pid, "SIGQUIT");
    while (isAlive(pid)) await sleep(50);
  }
  rmSync(lockFile, { force: true });
}

/** Whether a process with this id runs, whoever owns it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A process's command line, or "" when there is no such process. */
export function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
