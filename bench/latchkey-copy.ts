import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "@/lib/failure";
import { buildIfStale } from "../scripts/build";

const NOT_PART_OF_IT = new Set([".data", ".git", ".next", "bench", "docs", "node_modules", "tests"]);

const digest = createHash("sha256").update(process.cwd()).digest("hex");

/** Where Latchkey is built with one page more. Not below this folder: Tailwind would take what git ignores for sources. */
export const LATCHKEY_COPY = join(tmpdir(), `latchkey-bench-build-${digest.slice(0, 12)}`);

const PAGE = `import { requireSession } from "@/app/_request/session";

export default async function MembersPage() {
  const { user } = await requireSession("/members");
  return (
    <main>
      <h1>Members</h1>
      <p>{user.email}</p>
    </main>
  );
}
`;
const ROW_BEFORE = '  { path: "/dashboard", access: "signed_in" },\n';

/**
 * Builds Latchkey with a page that shows as little as the peers' does: what a check costs would drown in what our own pages
 * show. It is added as anybody adds one: the page, and its row in access.ts.
 *
 * @throws Failure `bench_outdated` when access.ts no longer looks as expected here.
 */
export async function buildLatchkeyCopy(root: string): Promise<void> {
  mkdirSync(LATCHKEY_COPY, { recursive: true });
  for (const name of readdirSync(root)) {
    if (NOT_PART_OF_IT.has(name)) continue;
    rmSync(join(LATCHKEY_COPY, name), { recursive: true, force: true });
    cpSync(join(root, name), join(LATCHKEY_COPY, name), { recursive: true });
  }
  const access = readFileSync(join(root, "access.ts"), "utf8");
  if (!access.includes(ROW_BEFORE))
    throw new Failure("bench_outdated", "bench/latchkey-copy.ts can't add its row to access.ts.");
  const row = ROW_BEFORE.replace("/dashboard", "/members");
  writeFileSync(join(LATCHKEY_COPY, "access.ts"), access.replace(ROW_BEFORE, ROW_BEFORE + row));
  mkdirSync(join(LATCHKEY_COPY, "app", "members"));
  writeFileSync(join(LATCHKEY_COPY, "app", "members", "page.tsx"), PAGE);
  linkPackages(root);
  await buildIfStale(LATCHKEY_COPY);
}

/** The compiler follows no link out of its folder: the files of node_modules are there a second time, which mostly takes no space. */
function linkPackages(root: string): void {
  const marks = [root, LATCHKEY_COPY].map((folder) => join(folder, "node_modules", ".package-lock.json"));
  const [wanted = "", linked = ""] = marks.map((mark) => (existsSync(mark) ? readFileSync(mark, "utf8") : ""));
  if (wanted === linked) return;
  rmSync(join(LATCHKEY_COPY, "node_modules"), { recursive: true, force: true });
  linkFolder(join(root, "node_modules"), join(LATCHKEY_COPY, "node_modules"));
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // On another disk.
    copyFileSync(source, target);
  }
}
