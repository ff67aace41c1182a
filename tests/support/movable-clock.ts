import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian puts it: `apt-get install libfaketime`. */
const LIBRARY = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
  .map((platform) => `/usr/lib/${platform}/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));

/** Whether this machine can move the clock of a single process. */
export const canMoveClock = LIBRARY !== undefined;

/** A clock for processes that are started with `environment`, moved while they run. Nothing else's clock moves. */
export interface MovableClock {
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds ahead of the true time, or behind it. */
  set(offsetSeconds: number): void;
  remove(): void;
}

/** Makes a clock that shows the true time. */
export function newMovableClock(): MovableClock {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-clock-"));
  const file = join(folder, "offset");
  const set = (offsetSeconds: number) => writeFileSync(file, `${offsetSeconds < 0 ? "" : "+"}${offsetSeconds}`);
  set(0);
  return {
    environment: {
      LD_PRELOAD: LIBRARY ?? "",
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      // Timers go on as they should: it is the date that is wrong.
      DONT_FAKE_MONOTONIC: "1",
    },
    set,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
