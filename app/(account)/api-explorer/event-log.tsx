import { clockTime } from "./words";

/** Something that happened, and when. */
export interface LogLine {
  readonly id: string;
  readonly at: Date;
  readonly text: string;
}

/** What happened, oldest first. Screen readers are told of each new line (`role="log"` is a polite live region). */
export function EventLog({ lines }: { lines: readonly LogLine[] }) {
  return (
    <section
      role="log"
      aria-label="Events of the access token"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard, in every browser
      tabIndex={0}
      className="max-h-80 overflow-y-auto"
    >
      {lines.length === 0 && <p className="text-muted">There is none yet: the first request fetches it.</p>}
      <ul className="flex flex-col divide-y divide-border">
        {lines.map(({ id, at, text }) => (
          <li key={id} className="flex gap-4 py-2 text-[0.9375rem]">
            <time dateTime={at.toISOString()} className="shrink-0 text-muted tabular-nums">
              {clockTime(at)}
            </time>
            <span className="min-w-0 break-words">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
