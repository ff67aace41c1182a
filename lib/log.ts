import pino, { type DestinationStream } from "pino";
import SonicBoom from "sonic-boom";

import { describeError } from "@/lib/describe-error";
import { oneLine } from "@/lib/one-line";
import { currentRequestId } from "@/lib/request-context";

type Text = string | null;

/** What a browser refused on a page: texts that whoever sent the report wrote, without the query of an address. */
export interface BrowserReport {
  readonly type: string;
  readonly page?: string | undefined;
  readonly directive?: string | undefined;
  readonly refused?: string | undefined;
  readonly source?: string | undefined;
  readonly line?: number | undefined;
}

/**
 * All that a log line can tell besides its message: names, numbers and ids. The list is closed, and what is not on it is
 * not printed whoever passes it: a secret has no place to stand (A96). Add a field only if its value can never be one, nor
 * an e-mail address.
 */
export interface LogFields {
  /** Whatever was thrown: told by its class, code and place. */
  readonly error?: unknown;
  /** Names from our own code. */
  readonly event?: Text;
  readonly kind?: Text;
  readonly cause?: Text | undefined;
  readonly reason?: Text;
  readonly provider?: Text;
  /** Set by itself inside of a request. */
  readonly requestId?: Text;
  readonly method?: Text;
  /** Without the query. */
  readonly path?: Text;
  readonly sessionId?: Text;
  readonly accountId?: Text;
  readonly mailId?: Text;
  readonly keyId?: Text;
  readonly rows?: number;
  readonly count?: number;
  readonly attempts?: number;
  readonly failedRounds?: number;
  /** Ids of signing keys, by what became of them. */
  readonly remove?: readonly string[];
  readonly retire?: Text;
  readonly promote?: Text;
  readonly make?: Text;
  readonly reports?: readonly BrowserReport[];
}

const PRINTED: Readonly<Record<keyof LogFields, true>> = {
  ...{ error: true, event: true, kind: true, cause: true, reason: true, provider: true },
  ...{ requestId: true, method: true, path: true },
  ...{ sessionId: true, accountId: true, mailId: true, keyId: true },
  ...{ rows: true, count: true, attempts: true, failedRounds: true },
  ...{ remove: true, retire: true, promote: true, make: true, reports: true },
};

const PRINTED_OF_REPORTS: readonly string[] = [
  "type",
  "page",
  "directive",
  "refused",
  "source",
  "line",
] satisfies (keyof BrowserReport)[];

const LEVELS = ["debug", "info", "warn", "error"] as const;
type Level = (typeof LEVELS)[number];

/** Writes one line. */
type Write = (fields: LogFields, message: string) => void;

/** A log with a level below which it says nothing; `silent` for nothing at all. */
export type Log = Readonly<Record<Level, Write>> & { level: Level | "silent" };

/** Lines that nobody takes are kept up to this, and lost beyond it. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Standard output, which the process never waits for: who doesn't read it, or has no room for it, must not decide whether
 * anybody can sign in (F22). Lines that can't be written are lost; what has to be there stands in the audit log.
 *
 * Not `pino.destination()`: on exit it tries to write the rest until it succeeds, and on a full disk that is for ever.
 */
function standardOutput(): DestinationStream {
  const output = new SonicBoom({ fd: 1, sync: false, maxLength: MAX_WAITING_BYTES });
  output.on("error", () => undefined);
  return output;
}

/**
 * A log that writes one JSON object a line: time, level, message, the request's id, and the fields of `LogFields`.
 *
 * @param destination - Standard output unless it is said otherwise. One that is closed ends the log, not the process (F22).
 */
export function newLog(destination?: DestinationStream): Log {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ requestId: currentRequestId() }),
      formatters: { level: (label) => ({ level: label }), log: printed },
    },
    destination ?? standardOutput(),
  ) as Log;
}

/** What is told of the fields, whatever the types were made to believe. */
function printed(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (!Object.hasOwn(PRINTED, name)) return [];
      const shown = name === "error" ? describeError(value) : shownValue(value);
      return shown === undefined ? [] : [[name, shown]];
    }),
  );
}

function shownValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownEntry).filter((entry) => entry !== undefined);
  if (typeof value === "string") return oneLine(value);
  return typeof value === "number" || value === null ? value : undefined;
}

function shownEntry(entry: unknown): unknown {
  if (typeof entry === "string") return oneLine(entry);
  if (typeof entry !== "object" || entry === null) return undefined;
  const shown = Object.entries(entry).filter(([name]) => PRINTED_OF_REPORTS.includes(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, shownValue(value)]));
}

/** This process's log. */
export const log: Log = newLog();
