import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import type { Attack } from "@/attack/attack";
import { catalogue } from "@/attack/catalogue";
import { type HostileIssuer, startHostileIssuer } from "@/attack/hostile-issuer";
import { htmlReport } from "@/attack/html-report";
import { isClean, makeReport, type Report, sentence, tableLine } from "@/attack/report";
import { runAttacks } from "@/attack/run-attacks";
import { openTarget, Refused, type Target } from "@/attack/target";

const USAGE = `npm run attack -- URL [options]
  --second URL     another instance of the same system; may be given again
  --limits URL     an instance that runs with RATE_LIMIT_SCALE=1, for the attacks on rate limits
  --hostile-issuer PORT  starts an issuer there that lies, which the target has as a provider
  --only A6,A15    these attacks alone
  --slow           those that take minutes, too
  --grace SECONDS  the target's SESSION_ROTATION_GRACE, where it isn't 10
  --out DIR        where report.json and report.html go, .attack by default
The target's operator has to agree: LATCHKEY_ATTACK_TARGET is the same secret there and here. See docs/attack-kit.md.
Ends with 0 when nothing fell, 1 when something did, 2 when nothing was attacked.
`;

/** `npm run attack`: the attack catalogue against a running system whose operator agreed. */
export default async function attack(args: string[]): Promise<number> {
  const asked = parse(args);
  const secret = process.env["LATCHKEY_ATTACK_TARGET"];
  if (!asked || !secret) {
    const missing = asked
      ? "LATCHKEY_ATTACK_TARGET is not set: the secret that the target's operator agreed on.\n\n"
      : "";
    process.stderr.write(missing + USAGE);
    return 2;
  }
  const issuer = asked.issuerPort === null ? null : await startHostileIssuer(asked.issuerPort);
  try {
    const target = await open(asked, secret, issuer);
    const report = await carryOut(asked.attacks, target);
    write(report, asked.out);
    return isClean(report) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`Nothing was attacked. ${error.message}\n`);
    return 2;
  } finally {
    issuer?.close();
  }
}

type Asked = NonNullable<ReturnType<typeof parse>>;

function parse(args: string[]) {
  const text = { type: "string" } as const;
  const lists = { second: { ...text, multiple: true } } as const;
  const options = { ...lists, limits: text, only: text, grace: text, out: text, "hostile-issuer": text } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...options, slow: { type: "boolean" } },
    });
    const urls = [...positionals, ...(values.second ?? [])].flatMap((list) => list.split(",")).map(originOf);
    const [first, ...rest] = urls;
    const attacks = chosen(values.only);
    const graceSeconds = Number(values.grace ?? 10);
    if (!first || attacks.length === 0 || !(graceSeconds >= 0)) return null;
    const limits = values.limits === undefined ? null : originOf(values.limits);
    const addresses: [string, ...string[]] = [first, ...rest];
    const issuerPort = values["hostile-issuer"] === undefined ? null : Number(values["hostile-issuer"]);
    const { slow = false, out = ".attack" } = values;
    return { addresses, limits, attacks, graceSeconds, issuerPort, slow, out };
  } catch {
    return null;
  }
}

const originOf = (url: string) => new URL(url).origin;

function chosen(only: string | undefined): readonly Attack[] {
  const ids = only?.split(",").map((id) => id.trim().toUpperCase());
  return ids ? catalogue.filter(({ id }) => ids.includes(id)) : catalogue;
}

async function open(
  { addresses, limits, graceSeconds, slow }: Asked,
  secret: string,
  hostileIssuer: HostileIssuer | null,
): Promise<Target> {
  const strict = limits === null ? null : await openTarget({ addresses: [limits], secret });
  return openTarget({ addresses, secret, limits: strict, graceSeconds, slow, hostileIssuer });
}

async function carryOut(attacks: readonly Attack[], target: Target): Promise<Report> {
  process.stdout.write(`${target.origin} agrees to be attacked.\n\n`);
  const began = new Date();
  const outcomes = await runAttacks(attacks, target, ({ attack: { id }, verdict }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${id} ${verdict.outcome}\u001b[K`);
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  return makeReport(target, outcomes, { beganAt: began.toISOString(), tookMs: Date.now() - began.getTime() });
}

function write(report: Report, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, "report.html"), htmlReport(report));
  const lines = report.attacks.map(tableLine).map((line) => `${oneLine(line)}\n`);
  process.stdout.write(`${lines.join("")}\n${sentence(report)}\nReport: ${join(folder, "report.html")}\n`);
}

/** What a hostile target answered must not write to the terminal. */
function oneLine(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, "\u00b7");
}
