import pino, { type Logger } from "pino";

/** Fields whose value is never printed, wherever they stand in what is logged. */
const SECRET_FIELDS = [
  "password",
  "newPassword",
  "currentPassword",
  "token",
  "secret",
  "code",
  "authorization",
  "cookie",
  "body",
];

/** One JSON object a line on standard output: time, level, message and fields, without request bodies or secrets. */
export const log: Logger = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: "[redacted]" },
  serializers: { error: describeError },
});

/** An error's class, code and message chain; Prisma's and Auth.js's may carry the arguments of a call, so no more. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: "not an Error" };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    ...(typeof code === "string" ? { errorCode: code } : {}),
    message: error.message.split("\n").at(-1)?.slice(0, 300),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
