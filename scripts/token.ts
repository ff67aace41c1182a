import { text } from "node:stream/consumers";

import { db } from "@/lib/db";
import { prepareCommand } from "./prepare-command";
import { inspectAccessToken } from "./token/inspect-access-token";
import { inspectSessionCookie } from "./token/inspect-session-cookie";
import type { Inspection } from "./token/inspection";

const USAGE = `npm run token -- inspect          reads a session cookie or an access token from standard input
npm run token -- inspect TOKEN    the same from the command line, where others on this machine can read it
Ends with 0 when it would be accepted, 1 when refused, 2 when it can't be read or judged.
`;
/** Names and schemes that come along when a header is pasted whole. */
const AROUND = [/^(?:authorization|cookie|set-cookie): */i, /^(?:bearer +|(?:__Host-)?authjs\.session-token=)/i];

/** `npm run token -- inspect`: what a token says, and what the server would say to it. Never shows a key, a secret or the token. */
export default async function token([command, given = "-", ...rest]: string[]): Promise<number> {
  if (command !== "inspect" || rest.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (given === "-" && process.stdin.isTTY) process.stderr.write("Paste it, then press Enter and Ctrl-D.\n");
  const pasted = given === "-" ? await text(process.stdin) : given;
  const unquoted = pasted.trim().replaceAll(/^["']|["']$/g, "");
  const [bare = ""] = /^[\w.-]+/.exec(AROUND.reduce((text, part) => text.replace(part, ""), unquoted)) ?? [];

  const sources = { now: new Date(), ...prepareCommand(process.cwd()) };
  try {
    const inspection = (await inspectSessionCookie(bare, sources)) ?? (await inspectAccessToken(bare, sources));
    if (inspection) return show(inspection);
    process.stderr.write("This is neither an access token nor a session cookie.\n");
    return 2;
  } finally {
    await db().$disconnect();
  }
}

function show({ title, facts, verified, reasons, gaps }: Inspection): number {
  const lines = [title, ...facts.map(([label, words]) => `  ${label.padEnd(11)} ${words}`)];
  if (reasons.length > 0) lines.push("Refused:", ...reasons.map((reason) => `  - ${reason}`));
  else lines.push(verified ? "Accepted." : "Not judged:");
  lines.push(...gaps.map((gap) => `  - ${gap}`));
  process.stdout.write(`${lines.join("\n")}\n`);
  if (reasons.length > 0) return 1;
  return verified ? 0 : 2;
}
