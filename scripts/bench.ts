import { benchSession } from "../bench/session";

/** `npm run bench -- session`: what a session check costs. */
export default async function bench([what]: string[]): Promise<number> {
  if (what === "session") return benchSession();
  process.stderr.write("Say what to measure: npm run bench -- session\n");
  return 1;
}
