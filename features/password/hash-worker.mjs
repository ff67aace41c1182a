// One thread of the hash pool: takes one job at a time, answers it, and knows neither a secret of the application nor
// the database. Plain JavaScript, because Node loads it as it is, outside of any bundle.
import os from "node:os";
import { parentPort } from "node:worker_threads";
import bcrypt from "bcryptjs";

/** The number of argon2id in the library's enumeration, which it declares for the compiler only. */
const ARGON2ID = 2;
const LOWEST_PRIORITY = 19;

// On Linux a priority belongs to a thread: requests come before hashes, whatever the number of hashes. Elsewhere this
// would slow down the whole server.
if (process.platform === "linux") os.setPriority(LOWEST_PRIORITY);

// The synchronous functions: blocking is what this thread is for. Loaded when first needed, so that bcrypt works on
// a platform for which there is no argon2 binary.
const argon2 = () => import("@node-rs/argon2");

/**
 * @param {import("./hash-pool").HashJob} job
 * @returns {Promise<string | boolean>} The hash, or whether the secret is the one that was hashed. Both libraries
 *   compare the results in constant time.
 */
async function perform(job) {
  switch (job.kind) {
    case "hash_bcrypt":
      return bcrypt.hashSync(job.secret, job.cost);
    case "hash_argon2id":
      return (await argon2()).hashSync(job.secret, {
        algorithm: ARGON2ID,
        memoryCost: job.memoryKib,
        timeCost: job.passes,
        parallelism: job.lanes,
      });
    case "verify_bcrypt":
      return bcrypt.compareSync(job.secret, job.hash);
    case "verify_argon2id":
      return (await argon2()).verifySync(job.hash, job.secret);
    default:
      throw new Error("Unknown kind of job.");
  }
}

parentPort?.on("message", async (job) => {
  try {
    parentPort?.postMessage({ ok: true, value: await perform(job) });
  } catch (error) {
    // The library's message stays here: nobody promised that it holds no part of its arguments.
    parentPort?.postMessage({ ok: false, errorName: error instanceof Error ? error.name : "unknown" });
  }
});
