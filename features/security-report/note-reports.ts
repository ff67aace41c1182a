import { type BrowserReport, log } from "@/lib/log";
import { MAX_LINES_PER_MINUTE, MAX_TEXT_LENGTH } from "./policy";
import type { SecurityReports } from "./schema";

const MINUTE_MS = 60_000;

/** How much of this minute's share is spent. */
const share = { minute: 0, lines: 0 };

/**
 * Writes what browsers report to the log, one line a request, as long as there are not too many.
 *
 * Everything in a report is written by whoever sent it: texts are cut, and addresses lose their query, which in a link from a
 * mail is a token.
 */
export function noteReports(unverifiedReports: SecurityReports, now: Date): void {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  if (share.minute !== minute) Object.assign(share, { minute, lines: 0 });
  const reports = describeReports(unverifiedReports);
  if (reports.length === 0 || share.lines >= MAX_LINES_PER_MINUTE) return;
  share.lines += 1;
  log.warn({ reports }, "A browser refused something on a page.");
}

function describeReports(reports: SecurityReports): BrowserReport[] {
  if (Array.isArray(reports)) {
    return reports.map(({ type, url, body }) => ({
      type: cut(type),
      page: withoutQuery(body?.documentURL ?? url),
      directive: cut(body?.effectiveDirective),
      refused: withoutQuery(body?.blockedURL),
      source: withoutQuery(body?.sourceFile),
      line: body?.lineNumber,
    }));
  }
  const report = reports["csp-report"];
  return [
    {
      type: "csp-violation",
      page: withoutQuery(report["document-uri"]),
      directive: cut(report["effective-directive"] ?? report["violated-directive"]),
      refused: withoutQuery(report["blocked-uri"]),
      source: withoutQuery(report["source-file"]),
      line: report["line-number"],
    },
  ];
}

/** Of an address the part that says where; of a word such as `inline`, the word. */
function withoutQuery(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return cut(address);
  const { protocol, host, pathname } = new URL(address);
  return host ? cut(`${protocol}//${host}${pathname}`) : protocol;
}

function cut(text: string): string;
function cut(text: string | undefined): string | undefined;
function cut(text: string | undefined): string | undefined {
  return text?.slice(0, MAX_TEXT_LENGTH);
}
