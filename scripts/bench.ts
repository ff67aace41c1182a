/**
 * `npm run bench`: what things cost.
 *
 * `npm run bench -- session`: a session check, by itself. `npm run bench -- peers`, or nothing: the whole application beside
 * others, see docs/performance.md. `npm run bench -- capacity`: what so many people need, see docs/scaling.md.
 */
export default async function bench([what = "peers", ...args]: string[]): Promise<number> {
  switch (what) {
    case "session":
      return (await import("../bench/session")).benchSession();
    case "peers":
      return (await import("../bench/compare")).compare(args);
    case "capacity":
      return (await import("../bench/capacity")).capacity(args);
    default:
      process.stderr.write("Say what to measure: npm run bench -- peers, capacity, or session\n");
      return 1;
  }
}
