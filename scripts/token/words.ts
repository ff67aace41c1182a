const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A duration in its two largest units: "4 min 12 s". */
export function describeDuration(seconds: number): string {
  let rest = Math.max(Math.round(seconds), 0);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

/** An instant as seen from now: "in 4 min 12 s", "12 s ago". */
export function fromNow(epochSeconds: number, now: Date): string {
  const seconds = epochSeconds - now.getTime() / 1000;
  return seconds >= 0 ? `in ${describeDuration(seconds)}` : `${describeDuration(-seconds)} ago`;
}

/** What a token says, fit for a terminal: it may come from anywhere, and must not move the cursor or hide what follows. */
export function printable(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "(none)");
  return text.replaceAll(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`).slice(0, 300);
}
