import { type SpawnOptions, spawn } from "node:child_process";

import { Failure } from "@/lib/failure";

/**
 * Runs a program to its end with its output kept back, and shows that only when it fails.
 *
 * @throws Failure `program_failed` with the last of what the program printed.
 */
export function runProgram(file: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Failure("program_failed", `${file} ended with ${code ?? signal}:\n${output}`));
    });
  });
}
