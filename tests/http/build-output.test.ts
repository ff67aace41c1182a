import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { ROOT, readSource, sourceFiles } from "../support/source-files";

const BUILD = join(ROOT, ".next");
/** Stands in place of every secret in the environment of `npm run build`. */
const BUILD_MARKER = "latchkey-build-environment-marker";

interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Every file under a folder of the build, as Latin-1: any bytes, one character each. */
function outputOf(folder: string): OutputFile[] {
  return readdirSync(join(BUILD, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: path.slice(BUILD.length + 1), text: readFileSync(path, "latin1") }));
}

const pathsWith = (files: readonly OutputFile[], text: string) =>
  files.filter((file) => file.text.includes(text)).map(({ path }) => `${text} in ${path}`);

/** Texts that stand in files marked "server-only", and in no file that a browser may get. */
function serverOnlyTexts(): string[] {
  const sources = sourceFiles(/^(?:app|features|lib|providers|components)\/.*\.tsx?$|^[a-z-]+\.ts$/).map(readSource);
  const isServerOnly = (source: string) => /^import "server-only";$/m.test(source);
  const elsewhere = sources.filter((source) => !isServerOnly(source)).join("\n");
  const literals = sources
    .filter(isServerOnly)
    .flatMap((source) => [...source.matchAll(/"([^"\n]{16,})"|`([^`$]{16,})[`$]/g)])
    .map(([, quoted, template]) => (quoted ?? template ?? "").trim());
  return [...new Set(literals)].filter((text) => !elsewhere.includes(text));
}

/** What only a server has any use for, by words that stay in a bundle. */
const SERVER_WORDS = [
  ...["AUTH_SECRET", "DATABASE_URL", "EMAIL_SERVER", "REDIS_URL", "node:crypto", "PrismaClient", "createTransport"],
  ...["latchkey totp-secret", "latchkey key id", "Auth.js Generated Encryption Key", "SELECT ", "INSERT INTO"],
  ...["argon2id", "totp-secret", "provider-token", "password-pepper"],
];

const browserFiles = outputOf("static");

describe("A100: what a browser can load", () => {
  it("is there to be looked at", () => {
    expect(browserFiles.filter(({ path }) => path.endsWith(".js")).length).toBeGreaterThan(10);
    expect(serverOnlyTexts().length).toBeGreaterThan(5);
  });

  it("has no source map, and names none", () => {
    expect(browserFiles.filter(({ path }) => path.endsWith(".map")).map(({ path }) => path)).toEqual([]);
    expect(pathsWith(browserFiles, "sourceMappingURL")).toEqual([]);
  });

  it("holds no value of the build's environment; nor does what the server runs", () => {
    const everything = [...browserFiles, ...outputOf("server")];

    expect(pathsWith(everything, BUILD_MARKER)).toEqual([]);
    // The folder in which it was built tells of the machine.
    expect(pathsWith(browserFiles, ROOT)).toEqual([]);
  });

  it("holds no code that is for the server", () => {
    const found = [...SERVER_WORDS, ...serverOnlyTexts()].flatMap((text) => pathsWith(browserFiles, text));

    expect(found).toEqual([]);
  });
});

interface Bom {
  bomFormat: string;
  metadata: { component: { type: string; purl: string } };
  components: { name: string; version: string; purl: string; hashes?: { alg: string; content: string }[] }[];
}

describe("A102: the software bill of materials", () => {
  it("lists the packages of the lock file, each with its checksum, and no other", () => {
    const bom = JSON.parse(readFileSync(join(BUILD, "sbom.cdx.json"), "utf8")) as Bom;
    const lock = JSON.parse(readSource("package-lock.json")) as {
      packages: Record<string, { version: string; integrity?: string }>;
    };
    const locked = new Map<string, string>();
    for (const [path, { version, integrity }] of Object.entries(lock.packages)) {
      if (path === "") continue;
      const named = `${path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)}@${version}`;
      // A copy that came inside of another package has no checksum of its own.
      locked.set(named, hexOf(integrity) || (locked.get(named) ?? ""));
    }
    const listed = bom.components.map(({ purl, version, hashes = [] }) => {
      const [, name = ""] = /^pkg:npm\/(.+)@[^@]+$/.exec(decodeURIComponent(purl)) ?? [];
      return `${name}@${version} ${hashes.find(({ alg }) => alg === "SHA-512")?.content ?? ""}`;
    });

    expect([bom.bomFormat, bom.metadata.component.type]).toEqual(["CycloneDX", "application"]);
    expect(bom.metadata.component.purl).toMatch(/^pkg:npm\/latchkey@/);
    expect(listed.length).toBeGreaterThan(100);
    expect(listed.sort()).toEqual([...locked].map(([named, checksum]) => `${named} ${checksum}`).sort());
  });
});

const hexOf = (integrity = "") => Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
