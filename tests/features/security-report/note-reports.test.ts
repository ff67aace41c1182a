import { describe, expect, it, vi } from "vitest";

import { noteReports } from "@/features/security-report/note-reports";
import { SecurityReportsSchema } from "@/features/security-report/schema";
import { log } from "@/lib/log";

const noted = (body: unknown, now: Date) => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  noteReports(SecurityReportsSchema.parse(body), now);
  const lines = warn.mock.calls.map(([fields]) => fields);
  warn.mockRestore();
  return lines;
};

describe("noteReports", () => {
  it("notes a violation in either form, without what an address asks for", () => {
    const old = {
      "csp-report": {
        "document-uri": "https://app.example.com/reset-password?token=secret#more",
        "blocked-uri": "https://evil.example/x.js?y",
        "violated-directive": "script-src-elem",
        "line-number": 3,
        "original-policy": "left out",
      },
    };
    const list = [
      {
        type: "csp-violation",
        age: 10,
        url: "https://app.example.com/reset-password?token=secret",
        user_agent: "left out",
        body: {
          blockedURL: "inline",
          effectiveDirective: "style-src-attr",
          sourceFile: "https://app.example.com/a.js?b",
          lineNumber: 4,
        },
      },
    ];

    expect(noted(old, new Date("2026-01-01T00:00:00Z"))).toEqual([
      {
        reports: [
          {
            type: "csp-violation",
            page: "https://app.example.com/reset-password",
            directive: "script-src-elem",
            refused: "https://evil.example/x.js",
            source: undefined,
            line: 3,
          },
        ],
      },
    ]);
    expect(noted(list, new Date("2026-01-01T00:00:00Z"))).toEqual([
      {
        reports: [
          {
            type: "csp-violation",
            page: "https://app.example.com/reset-password",
            directive: "style-src-attr",
            refused: "inline",
            source: "https://app.example.com/a.js",
            line: 4,
          },
        ],
      },
    ]);
  });

  it("notes no more than 30 a minute, and of each text no more than 200 characters", () => {
    const long = [{ type: "x".repeat(1_000) }];
    const lines = Array.from({ length: 40 }, () => noted(long, new Date("2026-01-02T00:00:59Z"))).flat();

    expect(lines.length).toBe(30);
    expect(JSON.stringify(lines[0])).toContain(`"${"x".repeat(200)}"`);
    expect(noted(long, new Date("2026-01-02T00:01:00Z")).length).toBe(1);
  });

  it("says nothing of no reports, and takes no more than 20", () => {
    expect(noted([], new Date("2026-01-03T00:00:00Z"))).toEqual([]);
    expect(SecurityReportsSchema.safeParse(Array(21).fill({ type: "x" })).success).toBe(false);
  });
});
