import { log } from "@/lib/log";

const LEVEL_OF = { debug: "debug", trace: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;

/**
 * Has the log tell what Next and packages print: one line each, without the messages of errors, which may quote what
 * somebody sent (A96). For servers; who develops wants to read them whole.
 */
export function sendConsoleToLog(): void {
  for (const [method, level] of Object.entries(LEVEL_OF) as [
    keyof typeof LEVEL_OF,
    "debug" | "info" | "warn" | "error",
  ][]) {
    console[method] = (...said: unknown[]) => {
      const error = said.find((part) => part instanceof Error);
      const [label] = said;
      log[level](
        { event: "console", ...(error ? { error } : {}) },
        typeof label === "string" && !error ? label.slice(0, 200) : "Something was printed.",
      );
    };
  }
}
