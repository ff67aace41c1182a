import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { brand } from "@/brand";
import { Failure } from "@/lib/failure";
import { runProgram } from "../run-program";
import { writeTheme } from "../write-theme";
import type { Choices } from "./choices";
import { brandSource, LANDING_PAGE, localEnvironment, packageSource, readme } from "./new-files";
import { COMMANDS_LEFT_OUT, COPIED, isCopied, PACKAGES_LEFT_OUT } from "./what-an-app-needs";

/**
 * Writes a new app. It stands in its folder whole, or not at all.
 *
 * @param folder - Where it goes: a folder that is empty, or not there yet.
 * @throws Failure `folder_not_empty`, `not_a_checkout`, or `program_failed` with what npm said.
 */
export async function writeApp(root: string, folder: string, choices: Choices): Promise<void> {
  if (!isFree(folder))
    throw new Failure("folder_not_empty", `${folder} is not empty. Choose another folder, or empty it.`);
  mkdirSync(dirname(folder), { recursive: true });
  // Beside it, so that it can be put in place by its name alone.
  const fresh = mkdtempSync(join(dirname(folder), `.${basename(folder)}.new-`));
  try {
    copyFiles(root, fresh);
    writeOwnFiles(root, fresh, choices);
    await removePackages(fresh);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Whether a new app may go there. */
export function isFree(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found === undefined || (found.isDirectory() && readdirSync(folder).length === 0);
}

function copyFiles(root: string, target: string): void {
  for (const path of knownFiles(root).filter(isCopied)) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    copyFileSync(join(root, path), join(target, path));
  }
}

/** What git knows of, so that no secret, build or data of this machine can get in. */
function knownFiles(root: string): string[] {
  try {
    const listed = execFileSync("git", ["ls-files", "-z", "--", ...COPIED], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
    });
    return listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
  } catch (cause) {
    const sentence = "Only a git checkout of Latchkey can make a new app: git tells which files belong to it.";
    throw new Failure("not_a_checkout", sentence, { cause });
  }
}

function writeOwnFiles(root: string, target: string, choices: Choices): void {
  const write = (path: string, content: string, mode = 0o644) => writeFileSync(join(target, path), content, { mode });
  write("brand.ts", brandSource(choices));
  write("README.md", readme(choices));
  write("app/page.tsx", LANDING_PAGE);
  write("package.json", packageSource(readFileSync(join(root, "package.json"), "utf8"), choices, COMMANDS_LEFT_OUT));
  write(".env.local", localEnvironment(choices), 0o600);
  writeTheme(target, { ...brand, ...choices });
}

/** npm itself takes the packages out of both package files; it needs neither network nor installed packages for that. */
async function removePackages(target: string): Promise<void> {
  const options = ["--package-lock-only", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  const shell = process.platform === "win32";
  await runProgram("npm", ["uninstall", ...options, ...PACKAGES_LEFT_OUT], { cwd: target, shell });
}
