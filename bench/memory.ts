import { putLoadOn } from "./load";
import type { ReadyApp } from "./scenarios";

/** What an application holds after it has worked for a while. */
export interface MemoryRow {
  readonly name: string;
  readonly minutes: number;
  readonly rssMb: number;
  readonly toBare: number;
}

/** Reads a second from each, all at the same time: what a server keeps shows with time, not with speed. */
const READS_PER_SECOND = 100;

/** Has all applications answer their protected route and page for `minutes`, then weighs them. */
export async function measureMemory(apps: readonly ReadyApp[], minutes: number): Promise<MemoryRow[]> {
  const load = { status: 200, seconds: minutes * 60, perSecond: READS_PER_SECOND };
  await Promise.all(
    apps.flatMap(({ app, cookie }) => {
      const { me, page } = app.contestant.paths;
      return [me, page].map((path) => putLoadOn(app, { ...load, path, cookie }));
    }),
  );
  const [bare = Number.NaN] = apps.map(({ app }) => app.rssMb());
  return apps.map(({ app }) => ({
    ...{ name: app.contestant.name, minutes, rssMb: app.rssMb() },
    toBare: app.rssMb() / bare,
  }));
}
