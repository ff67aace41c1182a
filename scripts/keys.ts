import { findSigningKeys, type StoredKey } from "@/features/signing-key/data";
import { publicationLeadSeconds, retirementSeconds } from "@/features/signing-key/policy";
import { tendKeys } from "@/features/signing-key/tend-keys";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { Failure } from "@/lib/failure";
import { prepareCommand } from "./prepare-command";
import { describeDuration } from "./token/words";

const USAGE = `npm run keys -- list             the signing keys: id, state, age
npm run keys -- rotate           publish a successor, which signs once every cache knows it
npm run keys -- rotate --now     after a leak: another key at once, and nothing signed before is accepted any more
`;

/** `npm run keys`: the keys that access tokens are signed with. Never shows key material. */
export default async function keys(args: string[]): Promise<number> {
  const command = args.join(" ");
  if (!["list", "rotate", "rotate --now"].includes(command)) {
    process.stderr.write(USAGE);
    return 1;
  }
  const { hasDatabase } = prepareCommand(process.cwd());
  if (!hasDatabase)
    throw new Failure("database_missing", "DATABASE_URL is not set, and no `npm start` is running here.");
  const now = new Date();
  try {
    if (command === "rotate") await tendKeys(now, { kind: "rotate" });
    if (command === "rotate --now") {
      const signing = (await findSigningKeys()).find(({ state }) => state === "current");
      await tendKeys(now, signing ? { kind: "replace_leaked", kid: signing.id } : { kind: "none" });
    }
    show(await findSigningKeys(), now);
    return 0;
  } finally {
    await db().$disconnect();
  }
}

function show(stored: readonly StoredKey[], now: Date): void {
  if (stored.length === 0) process.stdout.write("There is no key yet: the server makes one when it needs it.\n");
  for (const { id, state, createdAt, retiredAt } of stored) {
    const age = describeDuration((now.getTime() - createdAt.getTime()) / 1000);
    const signsAt = addSeconds(createdAt, publicationLeadSeconds()).toISOString();
    const goesAt = addSeconds(retiredAt ?? now, retirementSeconds()).toISOString();
    const notes = { next: `, signs from ${signsAt}`, current: "", previous: `, published until ${goesAt}` };
    process.stdout.write(`${id}  ${state.padEnd(8)}  ${age} old${notes[state]}\n`);
  }
}
