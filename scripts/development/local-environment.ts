import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

const FILE = ".env.local";
const SECRET_BYTES = 33;

/** What .env.local sets; {} when there is none. Variables of the process come before it. */
export function loadLocalEnvironment(root: string): Record<string, string> {
  const path = join(root, FILE);
  if (!existsSync(path)) return {};
  return parseEnv(readFileSync(path, "utf8")) as Record<string, string>;
}

/** Makes .env.local with a fresh secret when there is none. It stays on this machine: git ignores it. */
export function ensureLocalEnvironment(root: string): Record<string, string> {
  const path = join(root, FILE);
  if (!existsSync(path)) {
    const secret = randomBytes(SECRET_BYTES).toString("base64");
    writeFileSync(path, `# For this machine only; made by the first start.\nAUTH_SECRET="${secret}"\n`, {
      mode: 0o600,
      flag: "wx",
    });
  }
  return loadLocalEnvironment(root);
}
