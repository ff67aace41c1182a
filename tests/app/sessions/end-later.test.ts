import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type EndOutcome, endLater } from "@/app/(account)/settings/sessions/ending/end-later";

let asked: [string, RequestInit | undefined][];
let answer: () => Response;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = () => new Response(null, { status: 204 });
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    asked.push([path, init]);
    return answer();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function start() {
  const heard: ("told" | EndOutcome)[] = [];
  const pending = endLater(
    "0199",
    () => heard.push("told"),
    (outcome) => heard.push(outcome),
  );
  return { pending, heard };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("endLater", () => {
  it("tells the server after six seconds, once, by a request that outlives the page", async () => {
    const { heard } = start();
    await pass(5999);
    expect(asked).toEqual([]);
    await pass(1);
    expect(asked).toEqual([["/api/sessions/0199", { method: "DELETE", keepalive: true }]]);
    expect(heard).toEqual(["told", "ended"]);
    await pass(100_000);
    expect(asked).toHaveLength(1);
  });

  it("tells nobody when it is taken back", async () => {
    const { pending, heard } = start();
    await pass(5999);
    pending.undo();
    pending.now();
    pending.resume();
    await pass(100_000);
    expect([asked, heard]).toEqual([[], []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("can't be taken back once the server was told", async () => {
    const { pending, heard } = start();
    pending.now();
    pending.undo();
    await pass(0);
    expect(asked).toHaveLength(1);
    expect(heard).toEqual(["told", "ended"]);
  });

  it("stands still while it is paused, and goes on with what was left", async () => {
    const { pending } = start();
    pending.resume();
    await pass(4000);
    pending.pause();
    await pass(20_000);
    pending.pause();
    pending.resume();
    await pass(1999);
    expect(asked).toEqual([]);
    await pass(1);
    expect(asked).toHaveLength(1);
  });

  it("ends a session within the minute, however long it is paused", async () => {
    const { pending } = start();
    pending.pause();
    await pass(59_999);
    expect(asked).toEqual([]);
    await pass(1);
    expect(asked).toHaveLength(1);
  });

  it.each([
    [404, "before"],
    [401, "ended"],
    [403, "failed"],
    [503, "failed"],
  ])("takes %i for %s", async (status, outcome) => {
    answer = () => new Response("{}", { status });
    const { pending, heard } = start();
    pending.now();
    await pass(0);
    expect(heard).toEqual(["told", outcome]);
  });

  it("has failed where no request gets through", async () => {
    answer = () => {
      throw new TypeError("Failed to fetch");
    };
    const { pending, heard } = start();
    pending.now();
    await pass(0);
    expect(heard).toEqual(["told", "failed"]);
  });
});
