import { statSync } from "node:fs";
import { join } from "node:path";

import { defineCheck, type Finding, hint, problem } from "../check";
import type { Subject } from "../subject";

/** Names from older Auth.js and from its own way to be configured, which is not read here. */
const NOT_READ: readonly [pattern: RegExp, instead: string][] = [
  [/^NEXTAUTH_SECRET$/, "Name it AUTH_SECRET"],
  [/^NEXTAUTH_URL(?:_INTERNAL)?$/, "Name it AUTH_URL, with the origin alone"],
  [/^AUTH_SECRET_\d+$/, "Append it to AUTH_SECRET, after a comma: newest first"],
  [/^AUTH_TRUST_HOST$/, "Remove it: the host is the one in AUTH_URL, whatever a request says"],
  [/^AUTH_REDIRECT_PROXY_URL$/, "Remove it"],
];
const OTHERS_MAY_READ = 0o077;

/** Variables that look as if they did something, and a file of secrets that others can read. */
export const leftovers = defineCheck({
  name: "Variables and files",
  needs: [],
  run: (_facts, subject) => [...unreadVariables(subject), ...openFile(subject)],
});

function unreadVariables({ variables }: Subject): Finding[] {
  return Object.keys(variables).flatMap((name) => {
    const [, instead] = NOT_READ.find(([pattern]) => pattern.test(name)) ?? [];
    return instead ? [hint(`${name} is set, but nothing reads it.`, instead)] : [];
  });
}

function openFile({ root }: Subject): Finding[] {
  const file = statSync(join(root, ".env.local"), { throwIfNoEntry: false });
  // Windows has no such modes.
  if (!file || process.platform === "win32" || (file.mode & OTHERS_MAY_READ) === 0) return [];
  return [problem("Other users of this machine can read the secret in .env.local.", "chmod 600 .env.local")];
}
