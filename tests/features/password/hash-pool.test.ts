import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";

import { HashPool, type HashPoolSettings, hashPool } from "@/features/password/hash-pool";

const OBEDIENT_WORKER = fileURLToPath(new URL("./obedient-worker.mjs", import.meta.url));
const pools: HashPool[] = [];

function newPool(settings: Partial<HashPoolSettings> = {}): HashPool {
  const pool = new HashPool({ workerFile: OBEDIENT_WORKER, maxWorkers: 1, maxWaiting: 2, ...settings });
  pools.push(pool);
  return pool;
}

const jobTo = (secret: "answer" | "crash" | "fail" | "hang") => ({ kind: "hash_bcrypt", secret, cost: 4 }) as const;

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe("HashPool", () => {
  it("answers more jobs than it has threads", async () => {
    const pool = newPool({ maxWorkers: 2, maxWaiting: 8 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => pool.run(jobTo("answer"))));
    expect(answers).toEqual(Array.from({ length: 10 }, () => "answer"));
  });

  it("refuses at once when its queue is full, and only then", async () => {
    const pool = newPool({ maxWaiting: 2 });
    const accepted = Promise.allSettled([
      pool.run(jobTo("hang")),
      pool.run(jobTo("answer")),
      pool.run(jobTo("answer")),
    ]);
    await expect(pool.run(jobTo("answer"))).rejects.toMatchObject({
      code: "hash_queue_full",
      message: "2 password hashes are waiting already.",
    });
    await pool.close();
    const closed = { status: "rejected", reason: { code: "hash_worker_crashed" } };
    expect(await accepted).toMatchObject([closed, closed, closed]);
  });

  it("replaces a thread that crashed, fails its job and finishes the others", async () => {
    const pool = newPool();
    const results = await Promise.allSettled([pool.run(jobTo("crash")), pool.run(jobTo("answer"))]);
    expect(results).toMatchObject([
      { status: "rejected", reason: { code: "hash_worker_crashed" } },
      { status: "fulfilled", value: "answer" },
    ]);
  });

  it("fails every job, and hangs none, when the worker's file is missing", async () => {
    const pool = newPool({ workerFile: "/nowhere/hash-worker.mjs" });
    const results = await Promise.allSettled([pool.run(jobTo("answer")), pool.run(jobTo("answer"))]);
    expect(results).toMatchObject([
      { status: "rejected", reason: { code: "hash_worker_crashed" } },
      { status: "rejected", reason: { code: "hash_worker_crashed" } },
    ]);
  });

  it("passes a refusal of the library on without its words, and keeps the thread", async () => {
    const pool = newPool();
    await expect(pool.run(jobTo("fail"))).rejects.toMatchObject({
      code: "hash_failed",
      message: "Hashing a password failed with RangeError.",
    });
    expect(await pool.run(jobTo("answer"))).toBe("answer");
  });
});

describe("hashPool", () => {
  it("is one for the process", () => {
    expect(hashPool()).toBe(hashPool());
  });

  it("does real work in a plain Node process, which can then exit", async () => {
    const script = `
      import { hashPool } from "./features/password/hash-pool.ts";
      const hash = await hashPool().run({ kind: "hash_bcrypt", secret: "s", cost: 4 });
      process.stdout.write(String(await hashPool().run({ kind: "verify_bcrypt", secret: "s", hash })));
    `;
    const run = promisify(execFile)(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      timeout: 15_000,
    });
    expect((await run).stdout).toBe("true");
  });
});
