/**
 * The way into every command on a fresh checkout: needs nothing but Node. Installs what the lock file names and
 * node_modules lacks, generates the database client, then runs scripts/<command>.ts in this process.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { withProgress } from "./progress.mjs";

const MINIMUM_NODE = [20, 19];
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A problem that the person at the keyboard can mend: shown as its sentence alone. */
class Mendable extends Error {}

async function main() {
  const [command = "", ...args] = process.argv.slice(2);
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    throw new Mendable(`Latchkey needs Node ${MINIMUM_NODE.join(".")} or newer; this is ${process.versions.node}.`);
  }
  const commands = commandsOf(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  if (!commands.includes(command))
    throw new Mendable(`There is no command "${command}". Choose one of: ${commands.join(", ")}.`);

  process.chdir(root);
  if (!packagesAreInstalled(command)) {
    await withProgress("Installing packages", () =>
      runQuietly("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
    );
  }
  const { register } = await import("tsx/esm/api");
  register();
  const { generateClientIfStale } = await import("./generate-client.ts");
  await generateClientIfStale(root);
  const { default: run } = await import(pathToFileURL(join(root, "scripts", `${command}.ts`)).href);
  process.exitCode = await run(args);
}

/** The scripts of package.json that lead here. */
function commandsOf(/** @type {{ scripts: Record<string, string> }} */ { scripts }) {
  return Object.keys(scripts).filter((name) => scripts[name]?.endsWith(`scripts/run.mjs ${name}`));
}

/** Compares the lock file with the one that npm leaves in node_modules: what it was asked for with what is there. */
function packagesAreInstalled(/** @type {string} */ command) {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, dev, link }]) => {
    if (path === "" || optional || link) return true;
    // In production `npm ci --omit=dev` is enough.
    if (dev && ["serve", "migrate", "doctor"].includes(command)) return true;
    return installed[path]?.version === version;
  });
}

function runQuietly(/** @type {string} */ file, /** @type {string[]} */ args) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Mendable(`"${file} ${args.join(" ")}" ended with ${code}:\n${output}`));
    });
  });
}

main().catch((error) => {
  const plain = error instanceof Mendable || error?.name === "Failure";
  process.stderr.write(`\n${plain ? error.message : (error?.stack ?? error)}\n`);
  process.exitCode = 1;
});
