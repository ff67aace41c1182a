import { type ChainBreak, type ChainMark, type ChainVerdict, verifyChain } from "@/features/audit/verify-chain";
import { db } from "@/lib/db";
import { Failure } from "@/lib/failure";
import { prepareCommand } from "./prepare-command";

const USAGE = `npm run audit -- verify              walks the audit log and names the first row that breaks its chain
npm run audit -- verify ID:HASH      the same, and the row that was noted down earlier must still be there
Ends with 0 when every row holds, 1 when one does not, 2 when there is nothing to check.
`;
const MARK = /^(?<id>\d{1,19}):(?<hash>[\da-f]{64})$/i;

/** `npm run audit`: whether the audit log is as it was written. Reads only. */
export default async function audit([command, noted, ...rest]: string[]): Promise<number> {
  const mark = noted === undefined ? null : parseMark(noted);
  if (command !== "verify" || mark === undefined || rest.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (!prepareCommand(process.cwd()).hasDatabase) {
    throw new Failure("database_missing", "DATABASE_URL is not set, and no `npm start` is running here.");
  }
  try {
    const verdict = await verifyChain(mark);
    process.stdout.write(`${tell(verdict)}\n`);
    return verdict.state === "holds" ? 0 : 1;
  } finally {
    await db().$disconnect();
  }
}

function parseMark(text: string): ChainMark | undefined {
  const { id, hash } = MARK.exec(text)?.groups ?? {};
  return id && hash ? { id: BigInt(id).toString(), hash: hash.toLowerCase() } : undefined;
}

const WHAT_DIFFERS: Record<ChainBreak, (before: string | null) => string> = {
  altered: () => "Altered: what it says now is not what was written.",
  missing_before: (before) =>
    before === null
      ? "Missing row: this is the first that is there, and it was not the first that was written."
      : `Missing row: what came between row ${before} and this row is gone. Or row ${before} was altered and given a new hash.`,
  wrong_previous: () => "Wrong previous hash: what it names as the hash before it was changed.",
  not_as_noted: () => "Not as noted: this row is gone or is another one. Rows were removed, or written anew.",
};

function tell(verdict: ChainVerdict): string {
  if (verdict.state === "holds") {
    const { rows, newest } = verdict;
    return newest
      ? `Every row holds: ${rows}.\nThe newest, to note down elsewhere: ${newest.id}:${newest.hash}`
      : "The audit log is empty.";
  }
  const { rows, reason, row, before } = verdict;
  const place = row.kind === null ? `row ${row.id}` : `row ${row.id} (${row.kind}, ${row.recordedAt})`;
  return `Broken at ${place}.\n${WHAT_DIFFERS[reason](before)}\nRows before it that hold: ${rows}.`;
}
