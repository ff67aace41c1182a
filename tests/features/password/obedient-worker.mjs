// Stands in for the hash worker: does at once, or never, what its job's secret says.
import { parentPort } from "node:worker_threads";

parentPort?.on("message", ({ secret }) => {
  if (secret === "crash") throw new Error("The worker was told to crash.");
  if (secret === "fail") parentPort?.postMessage({ ok: false, errorName: "RangeError" });
  if (secret === "answer") parentPort?.postMessage({ ok: true, value: "answer" });
});
