import { oneLine } from "@/lib/one-line";

const MAX_FRAMES = 6;
const MAX_FRAME_LENGTH = 200;
const MAX_CAUSES = 3;

/** What a log line tells of an error. */
export interface ErrorDescription {
  readonly name: string;
  readonly code?: string;
  /** Of our own errors alone. */
  readonly message?: string;
  /** Where it was thrown: functions, files and lines. */
  readonly at?: readonly string[];
  readonly cause?: ErrorDescription;
}

/**
 * An error without what it may repeat of somebody's input: its class, its code, where it was thrown, and its causes.
 *
 * The message is left out, unless it is a `Failure`'s, which holds no secret by its own contract. A parser's quotes what it
 * could not read, Prisma's the arguments of the call, a mail server's the recipient.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = codeOf(error);
  const cause = depth < MAX_CAUSES ? causeOf(error) : undefined;
  return {
    name: oneLine(error.name),
    ...(code ? { code } : {}),
    ...(error.name === "Failure" ? { message: oneLine(error.message) } : {}),
    at: framesOf(error),
    ...(cause === undefined ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

/** Node's `ECONNREFUSED`, PostgreSQL's SQLSTATE, Prisma's `P1001`, or what the driver adapter calls the kind of its error. */
function codeOf(error: Error): string | null {
  const { code, cause } = error as { code?: unknown; cause?: { kind?: unknown } };
  if (typeof code === "string" || typeof code === "number") return oneLine(String(code));
  return typeof cause?.kind === "string" ? oneLine(cause.kind) : null;
}

const causeOf = ({ cause }: Error) => (cause instanceof Error ? cause : undefined);

/** The stack repeats the message before its frames, and a message can look like frames. */
function framesOf({ stack = "", message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return frames
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => oneLine(line.slice(7), MAX_FRAME_LENGTH));
}
