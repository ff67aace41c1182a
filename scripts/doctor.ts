import { parseArgs } from "node:util";

import { EmailAddressSchema } from "@/features/account/email-address";
import { log } from "@/lib/log";
import { CHECKS } from "./doctor/checks";
import { countOf, printReport } from "./doctor/print";
import { runChecks } from "./doctor/run-checks";
import { readSubject } from "./doctor/subject";

const USAGE = `npm run doctor                    what is wrong with the configuration and the instance at AUTH_URL
npm run doctor -- URL             the same, with the instance at the address that browsers use
npm run doctor -- --mail ADDRESS  the same, and sends a test mail there
npm run doctor -- --json          the same as JSON, with \`npm run --silent\`
Ends with 0 when nothing is to be mended, 1 when something is, 2 when it was asked for something else. See docs/doctor.md.
`;

/** `npm run doctor`: what is wrong, and what mends it. Changes nothing. */
export default async function doctor(args: string[]): Promise<number> {
  const asked = parse(args);
  if (!asked) {
    process.stderr.write(USAGE);
    return 2;
  }
  log.level = "silent";
  const subject = readSubject(process.cwd(), process.env, asked);
  const outcomes = await runChecks(CHECKS, subject);
  const isWell = countOf(outcomes, "problem") === 0;
  const address = subject.address?.url.origin ?? null;
  process.stdout.write(
    asked.json
      ? `${JSON.stringify({ ok: isWell, address, checks: outcomes }, null, 2)}\n`
      : printReport(outcomes, { stage: subject.stage, address }, process.stdout.isTTY === true),
  );
  return isWell ? 0 : 1;
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: "boolean", default: false }, mail: { type: "string" } },
    });
    const [url, ...more] = positionals.map((text) => new URL(text));
    const mail = values.mail === undefined ? null : EmailAddressSchema.safeParse(values.mail);
    if (more.length > 0 || (mail && !mail.success) || (url && !/^https?:$/.test(url.protocol))) return null;
    return { json: values.json, ...(url ? { url } : {}), ...(mail?.data ? { testMailTo: mail.data } : {}) };
  } catch {
    return null;
  }
}
