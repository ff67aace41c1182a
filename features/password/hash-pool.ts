import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";

import { Failure } from "@/lib/failure";
import { HASH_JOBS_WAITING_PER_WORKER } from "./policy";

/** What a worker thread is asked to do. `secret` is what gets hashed: the peppered password, or an import's bare one. */
export type HashJob =
  | { kind: "hash_bcrypt"; secret: string; cost: number }
  | { kind: "hash_argon2id"; secret: string; memoryKib: number; passes: number; lanes: number }
  | { kind: "verify_bcrypt" | "verify_argon2id"; secret: string; hash: string };

type HashAnswer = { ok: true; value: string | boolean } | { ok: false; errorName: string };

interface Task {
  readonly job: HashJob;
  readonly resolve: (value: string | boolean) => void;
  readonly reject: (failure: Failure) => void;
}

/** How a pool is set up. */
export interface HashPoolSettings {
  /** The worker's JavaScript, an absolute path. */
  readonly workerFile: string;
  /** Most threads at once. They are started one by one, when all others are busy. */
  readonly maxWorkers: number;
  /** Most jobs waiting for a thread; whoever comes after them is refused at once. */
  readonly maxWaiting: number;
}

/** Threads that hash, so that the event loop never does, with a bounded queue in front of them. */
export class HashPool {
  readonly #settings: HashPoolSettings;
  readonly #waiting: Task[] = [];
  /** Each running thread with what it works at; `null` when idle. */
  readonly #workers = new Map<Worker, Task | null>();

  constructor(settings: HashPoolSettings) {
    this.#settings = settings;
  }

  /**
   * Performs one job on another thread.
   *
   * @returns The hash, or for a `verify_…` job whether it matches.
   * @throws Failure `hash_queue_full`: at once, when too many are waiting. Answer 503.
   * @throws Failure `hash_worker_crashed`: the thread died under the job; the next job gets a new one.
   * @throws Failure `hash_failed`: the library refused its arguments.
   */
  run(job: HashJob): Promise<string | boolean> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#settings.maxWaiting) {
        reject(new Failure("hash_queue_full", `${this.#waiting.length} password hashes are waiting already.`));
        return;
      }
      this.#waiting.push({ job, resolve, reject });
      this.#assign();
    });
  }

  /** Ends all threads; what they were working at, or was waiting, fails with `hash_worker_crashed`. */
  async close(): Promise<void> {
    for (const task of this.#waiting.splice(0)) task.reject(new Failure("hash_worker_crashed", "The pool was closed."));
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idleWorker();
      const task = worker && this.#waiting.shift();
      if (!task) return;
      this.#workers.set(worker, task);
      // An idle thread keeps no process alive, a busy one does.
      worker.ref();
      worker.postMessage(task.job);
    }
  }

  #idleWorker(): Worker | undefined {
    for (const [worker, task] of this.#workers) if (task === null) return worker;
    return this.#workers.size < this.#settings.maxWorkers ? this.#startWorker() : undefined;
  }

  #startWorker(): Worker {
    // No environment and no flags: a thread that only hashes needs neither the secrets nor the loaders of this process.
    const worker = new Worker(/* turbopackIgnore: true */ this.#settings.workerFile, { env: {}, execArgv: [] });
    let cause: unknown;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      const task = this.#workers.get(worker);
      this.#workers.delete(worker);
      task?.reject(new Failure("hash_worker_crashed", "A thread that hashes passwords ended.", { cause }));
      this.#assign();
    });
    worker.on("message", (answer: HashAnswer) => this.#settle(worker, answer));
    this.#workers.set(worker, null);
    return worker;
  }

  #settle(worker: Worker, answer: HashAnswer): void {
    const task = this.#workers.get(worker);
    this.#workers.set(worker, null);
    worker.unref();
    if (answer.ok) task?.resolve(answer.value);
    else task?.reject(new Failure("hash_failed", `Hashing a password failed with ${answer.errorName}.`));
    this.#assign();
  }
}

// The path is hidden from the bundler, which would otherwise make the worker part of its output: Node has to load it
// from this folder, with the libraries from node_modules.
const WORKER_FILE = ["features", "password", "hash-worker.mjs"];

// Several bundles hold a copy of this module; the process has one pool.
const shared = globalThis as { latchkeyHashPool?: HashPool };

/** The pool of this process; its threads start with the first job. The process must run in the project's folder. */
export function hashPool(): HashPool {
  if (shared.latchkeyHashPool) return shared.latchkeyHashPool;
  const cores = os.availableParallelism();
  // Where a thread can't be given a lower priority (see the worker), a core is left to the requests.
  const maxWorkers = process.platform === "linux" ? cores : Math.max(1, cores - 1);
  shared.latchkeyHashPool = new HashPool({
    workerFile: path.join(/* turbopackIgnore: true */ process.cwd(), ...WORKER_FILE),
    maxWorkers,
    maxWaiting: maxWorkers * HASH_JOBS_WAITING_PER_WORKER,
  });
  return shared.latchkeyHashPool;
}
