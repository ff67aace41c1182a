import type { BytesRow } from "./bytes";
import type { Table } from "./measured";
import type { MemoryRow } from "./memory";
import type { StartRow } from "./starts";

/** A scenario's table. */
export function tableOfRows({ title, base, rounds, seconds, rows }: Table): string {
  const baseName = rows.some(({ name }) => name === base) ? base : null;
  return textTable(
    `${title} (medians of ${rounds} rounds of ${seconds} s)`,
    [
      "",
      "answers/s",
      baseName === null ? "" : `to ${baseName}`,
      "p50 ms",
      "p99 ms",
      "p99 to base",
      "CPU µs",
      "CPU added",
    ],
    rows.map((row) => [
      row.name,
      row.perSecond.toFixed(0),
      ratio(row.throughputTo[baseName ?? ""] ?? Number.NaN),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      ratio(row.p99ToBase),
      number(row.cpuMicroseconds),
      number(row.cpuAdded),
    ]),
  );
}

/** How applications start. */
export function tableOfStarts(rows: readonly StartRow[]): string {
  return textTable(
    "A cold start, to the first answer",
    ["", "ms", "to bare Next", "MB"],
    rows.map((row) => [row.name, number(row.startedInMs), ratio(row.startToBare), number(row.rssMb)]),
  );
}

/** What pages weigh. */
export function tableOfBytes(rows: readonly BytesRow[]): string {
  return textTable(
    "What a page loads, gzip",
    ["", "page", "scripts kB", "beyond bare", "styles kB", "HTML kB"],
    rows.map((row) => [
      ...[row.name, row.page, kilobytes(row.scriptBytes), kilobytes(row.scriptBytesAdded)],
      ...[kilobytes(row.styleBytes), kilobytes(row.htmlBytes)],
    ]),
  );
}

/** What applications hold. */
export function tableOfMemory(rows: readonly MemoryRow[]): string {
  return textTable(
    `Memory after ${rows[0]?.minutes} minutes of load`,
    ["", "MB", "to bare Next"],
    rows.map((row) => [row.name, number(row.rssMb), ratio(row.toBare)]),
  );
}

const ratio = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)}×` : "–");
const number = (value: number) => (Number.isFinite(value) ? value.toFixed(0) : "–");
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

/** A table as text, its first column at the left. */
export function textTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  return `${title}\n${lines.map((line) => `  ${line.trimEnd()}\n`).join("")}`;
}
