import type { BytesRow } from "./bytes";
import type { MemoryRow } from "./memory";
import type { Table } from "./results";
import type { StartRow } from "./starts";

/** Prints a scenario's table. */
export function printRows({ title, base, rounds, seconds, rows }: Table): void {
  const baseName = rows.some(({ name }) => name === base) ? base : null;
  printTable(
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

/** Prints how applications start. */
export function printStarts(rows: readonly StartRow[]): void {
  printTable(
    "A cold start, to the first answer",
    ["", "ms", "to bare Next", "MB"],
    rows.map((row) => [row.name, number(row.startedInMs), ratio(row.startToBare), number(row.rssMb)]),
  );
}

/** Prints what pages weigh. */
export function printBytes(rows: readonly BytesRow[]): void {
  printTable(
    "What a page loads, gzip",
    ["", "page", "scripts kB", "beyond bare", "styles kB", "HTML kB"],
    rows.map((row) => [
      ...[row.name, row.page, kilobytes(row.scriptBytes), kilobytes(row.scriptBytesAdded)],
      ...[kilobytes(row.styleBytes), kilobytes(row.htmlBytes)],
    ]),
  );
}

/** Prints what applications hold. */
export function printMemory(rows: readonly MemoryRow[]): void {
  printTable(
    `Memory after ${rows[0]?.minutes} minutes of load`,
    ["", "MB", "to bare Next"],
    rows.map((row) => [row.name, number(row.rssMb), ratio(row.toBare)]),
  );
}

const ratio = (value: number) => (Number.isNaN(value) ? "–" : `${value.toFixed(2)}×`);
const number = (value: number) => (Number.isNaN(value) ? "–" : value.toFixed(0));
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

/** Prints a table, its first column at the left. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line.trimEnd()}\n`).join("")}`);
}
