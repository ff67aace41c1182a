import { describe, expect, it } from "vitest";

import { readSource } from "../support/source-files";

interface PackageFile {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

interface LockEntry {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  inBundle?: boolean;
  optionalDependencies?: Record<string, string>;
}

const packageFile = JSON.parse(readSource("package.json")) as PackageFile;
const lockFile = JSON.parse(readSource("package-lock.json")) as { packages: Record<string, LockEntry> };
const { packages } = lockFile;
const floors = JSON.parse(readSource("security/floors.json")) as Record<
  string,
  { floor: string; why: string; advisories: string[] }
>;
/** Name → what its script would do; .npmrc keeps even these from running. */
const installScripts = JSON.parse(readSource("security/install-scripts.json")) as Record<string, string>;
/** Name → the name of a package of ours that it is close to, and what it is. */
const similarNames = JSON.parse(readSource("security/similar-names.json")) as Record<string, string>;

const installed = Object.entries(packages).filter(([path]) => path !== "");
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** Whether the lock file holds what the package at `path` would load under this name: its own copy, or one further up. */
function isLocked(path: string, name: string): boolean {
  if (packages[`${path}/node_modules/${name}`]) return true;
  const above = path.lastIndexOf("/node_modules/");
  return above === -1 ? packages[`node_modules/${name}`] !== undefined : isLocked(path.slice(0, above), name);
}

/** Compares release by release number, then pre-releases, which come before their release. */
function isAtLeast(version: string, floor: string): boolean {
  const [release = "", pre = ""] = version.split(/-(.*)/s);
  const [floorRelease = "", floorPre = ""] = floor.split(/-(.*)/s);
  const order = release.localeCompare(floorRelease, "en", { numeric: true });
  if (order !== 0) return order > 0;
  if (pre === "" || floorPre === "") return pre === "" || pre === floorPre;
  return pre.localeCompare(floorPre, "en", { numeric: true }) >= 0;
}

/** One slip of the finger away, or the same letters with other signs between. Names of three letters are all alike. */
function looksLike(name: string, wanted: string): boolean {
  if (name === wanted || wanted.length <= 3) return false;
  const letters = (text: string) => text.replace(/[^a-z0-9]/g, "");
  return letters(name) === letters(wanted) || isOneSlip(name, wanted) || isOneSlip(wanted, name);
}

/** Whether leaving out, changing or swapping one character of `long` makes `short`. */
function isOneSlip(long: string, short: string): boolean {
  const from = [...long].findIndex((character, at) => character !== short[at]);
  if (from === -1) return false;
  const [a = "", b = ""] = long.slice(from);
  const rest = short.slice(from);
  return (
    long.slice(from + 1) === rest ||
    (rest !== "" && long.slice(from + 1) === rest.slice(1)) ||
    `${b}${a}${long.slice(from + 2)}` === rest
  );
}

describe("the packages", () => {
  it("are named by exact versions", () => {
    const { dependencies, devDependencies, optionalDependencies } = packageFile;
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/.test(version))).toEqual([]);
  });

  it("are those that the lock file holds", () => {
    const { dependencies, devDependencies, optionalDependencies } = packageFile;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect({ name, version: packages[`node_modules/${name}`]?.version }).toEqual({ name, version });
    }
  });

  it("all have a checksum", () => {
    // What is bundled came inside of another package, whose checksum covers it.
    const loaded = installed.filter(([, { link, inBundle }]) => !link && !inBundle);

    expect(loaded.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
  });

  it("are locked for every platform, without which `npm ci` refuses the lock file", () => {
    const named = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );

    expect(named.filter(({ path, name }) => !isLocked(path, name)).map(({ name }) => name)).toEqual([]);
  });

  it("come from the registry that npm is set to: none names a place of its own (A102)", () => {
    const elsewhere = installed.filter(([, { resolved, link }]) => resolved !== undefined || link);

    expect(elsewhere.map(([path]) => path)).toEqual([]);
    expect(readSource(".npmrc")).not.toMatch(/registry/);
  });

  it("that the benchmark compares with are pinned and locked like ours", () => {
    const { dependencies } = JSON.parse(readSource("bench/peers/package.json")) as PackageFile;
    const lock = JSON.parse(readSource("bench/peers/package-lock.json")) as typeof lockFile;
    const locked = Object.entries(lock.packages).filter(([path, { inBundle }]) => path !== "" && !inBundle);

    for (const [name, version] of Object.entries(dependencies)) {
      expect({ name, version: lock.packages[`node_modules/${name}`]?.version }).toEqual({ name, version });
    }
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
    expect(locked.filter(([, { resolved, link }]) => resolved !== undefined || link)).toEqual([]);
    expect(readSource("bench/peers/.npmrc")).toBe(readSource(".npmrc"));
  });

  it("run no script when they are installed, and those that would are known (A102)", () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));

    expect(scripted.sort()).toEqual(Object.keys(installScripts).sort());
    expect(readSource(".npmrc")).toMatch(/^ignore-scripts=true$/m);
  });

  it("have no name that could be taken for one that we asked for (A102)", () => {
    const { dependencies, devDependencies, optionalDependencies } = packageFile;
    const asked = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const names = [...new Set(installed.map(([path]) => nameOf(path)))];
    const similar = names.filter((name) => asked.some((wanted) => looksLike(name, wanted)));

    expect(similar.sort()).toEqual(Object.keys(similarNames).sort());
  });

  it.each([
    ["prizma", "prisma", true],
    ["prismaa", "prisma", true],
    ["rpisma", "prisma", true],
    ["node-mailer", "nodemailer", true],
    ["nextauth", "next-auth", true],
    ["simplewebauthn-server", "@simplewebauthn/server", true],
    ["prisma", "prisma", false],
    ["@prisma/client", "prisma", false],
    ["postcss", "prisma", false],
    ["ms", "pg", false],
  ])("would find that %s looks like %s: %s", (name, wanted, similar) => {
    expect(looksLike(name, wanted)).toBe(similar);
  });

  it.each(Object.entries(floors))("hold no %s below its security floor", (name, { floor }) => {
    const versions = installed.filter(([path]) => nameOf(path) === name).map(([, { version }]) => version ?? "");

    expect(versions, "a floor for what isn't there").not.toEqual([]);
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
  });

  it.each([
    ["16.4.4", "16.4.5", false],
    ["16.4.5", "16.4.5", true],
    ["16.10.0", "16.4.5", true],
    ["5.0.0-beta.31", "5.0.0-beta.32", false],
    ["5.0.0-beta.32", "5.0.0-beta.32", true],
    ["5.0.0-beta.100", "5.0.0-beta.32", true],
    ["5.0.0", "5.0.0-beta.32", true],
    ["5.0.0-beta.32", "5.0.0", false],
  ])("would tell %s against a floor of %s: %s", (version, floor, enough) => {
    expect(isAtLeast(version, floor)).toBe(enough);
  });
});
