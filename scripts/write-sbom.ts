import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";

/** An entry has some 700 bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Writes the software bill of materials: every package of the lock file with its version, licence and checksum, as CycloneDX 1.5.
 *
 * @param root - Where package-lock.json is.
 * @param file - Where to write.
 * @see https://cyclonedx.org/docs/1.5/json/
 */
export async function writeSbom(root: string, file: string): Promise<void> {
  const args = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--offline"];
  const options = { cwd: root, maxBuffer: MAX_BYTES, shell: process.platform === "win32" };
  const { stdout } = await promisify(execFile)("npm", args, options);
  writeFileSync(file, stdout);
}
