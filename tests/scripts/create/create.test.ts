import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import ts from "typescript";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";

import { brand } from "@/brand";
import create from "@/scripts/create";
import { nameObjection, nameOfFolder, packageName } from "@/scripts/create/choices";
import { ROOT } from "../../support/source-files";

const parent = mkdtempSync(join(tmpdir(), "latchkey-create-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const app = join(parent, "acme-portal");

let said = "";
beforeEach(() => {
  said = "";
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
  }
});

const inApp = (path: string) => readFileSync(join(app, path), "utf8");

/** Every file of the app, relative to it. */
function filesOf(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? filesOf(folder, path) : [path];
  });
}

/** Imports of files that are not there: `file → import`. */
function danglingImports(folder: string): string[] {
  return filesOf(folder)
    .filter((path) => /\.(?:tsx?|mjs|css)$/.test(path))
    .flatMap((path) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, path), "utf8"), true, true);
      return (
        importedFiles
          .map(({ fileName }) => fileName)
          // What the first start makes: the client of the database, and the types of the routes.
          .filter((name) => /^(?:@\/|\.)/.test(name) && !/\/(?:generated|\.next)\//.test(name))
          .filter(
            (name) =>
              !resolves(name.startsWith("@/") ? join(folder, name.slice(2)) : resolve(folder, dirname(path), name)),
          )
          .map((name) => `${path} → ${name}`)
      );
    });
}

const resolves = (base: string) => ["", ".ts", ".tsx", "/index.ts"].some((end) => existsSync(base + end));

describe("npm run create", { timeout: 60_000 }, () => {
  it("makes an app that has all that it needs and nothing else, under its own name", async () => {
    expect(
      await create([app, "--name", "Acme Portal", "--accent", "#7C3AED", "--providers", "google,github", "--yes"]),
    ).toBe(0);
    expect(said).toContain(`cd ${app}\n  npm start\n`);

    expect(readdirSync(app).sort()).toEqual(
      [
        ...["app", "components", "features", "lib", "messages", "prisma", "providers", "scripts"],
        ...["access.ts", "auth.ts", "brand.ts", "instrumentation.ts", "middleware.ts", "next.config.ts", "README.md"],
        ...[
          "package.json",
          "package-lock.json",
          "postcss.config.mjs",
          "prisma.config.ts",
          "tsconfig.json",
          "biome.json",
        ],
        ...[
          ".dockerignore",
          ".editorconfig",
          ".env.example",
          ".env.local",
          ".gitignore",
          ".npmrc",
          "Dockerfile",
          "LICENSE",
        ],
      ].sort(),
    );
    expect(readdirSync(parent)).toEqual(["acme-portal"]);
    expect(danglingImports(app)).toEqual([]);

    const { name, scripts, devDependencies } = JSON.parse(inApp("package.json"));
    expect([name, JSON.parse(inApp("package-lock.json")).name]).toEqual(["acme-portal", "acme-portal"]);
    for (const command of Object.values<string>(scripts)) {
      const [, script] = /run\.mjs (\S+)/.exec(command) ?? [];
      if (script) expect(existsSync(join(app, "scripts", `${script}.ts`)), command).toBe(true);
    }
    expect(Object.keys(devDependencies)).not.toContain("vitest");
    for (const path of ["brand.ts", "app/icon.svg", "app/page.tsx"]) expect(inApp(path)).not.toContain("Latchkey");
    expect(inApp("app/theme.css")).toContain("--accent: #7c3aed;");
  });

  it("gives it a brand with everything that the pages ask for", async () => {
    const { brand: own } = (await import(/* @vite-ignore */ join(app, "brand.ts"))) as { brand: typeof brand };

    expect(Object.keys(own).sort()).toEqual(Object.keys(brand).sort());
    expect(own).toEqual({
      ...brand,
      ...{ name: "Acme Portal", accent: "#7c3aed", links: [] },
      ...{ tagline: "Welcome to Acme Portal.", description: "Sign in to Acme Portal, or make an account." },
    });
  });

  it("gives it a secret of its own, for its owner alone, and the chosen providers to fill in", () => {
    const { AUTH_SECRET, ...providers } = parseEnv(inApp(".env.local"));

    expect(Buffer.from(AUTH_SECRET ?? "", "base64")).toHaveLength(33);
    expect(providers).toEqual({
      AUTH_GOOGLE_ID: "",
      AUTH_GOOGLE_SECRET: "",
      AUTH_GITHUB_ID: "",
      AUTH_GITHUB_SECRET: "",
    });
    expect(inApp(".env.local")).toContain("http://localhost:3000/api/auth/callback/github");
    expect(statSync(join(app, ".env.local")).mode & 0o777).toBe(0o600);
  });

  it("formats and lints as it does here", () => {
    const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
    const run = () =>
      execFileSync(process.execPath, [biome, "check", "--error-on-warnings", "."], { cwd: app, stdio: "pipe" });
    expect(String(run())).toContain("No fixes applied");
  });

  it("refuses what it can't do in a sentence, and writes nothing", async () => {
    const full = join(parent, "full");
    mkdirSync(full);
    writeFileSync(join(full, "thesis.txt"), "all of it");
    const fresh = join(parent, "fresh");
    const refusal = async (...args: string[]) => {
      said = "";
      expect(await create([...args, "--yes"])).toBe(1);
      return said;
    };

    expect(await refusal(full)).toBe(`Nothing was made. ${full} is not empty. Choose another folder, or empty it.\n`);
    expect(await refusal(join(full, "thesis.txt"))).toContain("is not empty");
    expect(await refusal(join(ROOT, "my-app"))).toContain("is inside this checkout. Choose a folder beside it");
    expect(await refusal(fresh, "--accent", "#ffcc00")).toContain("The nearest that works is #876c00.");
    expect(await refusal(fresh, "--providers", "google,entra")).toBe(
      "Nothing was made. Auth.js has no provider named entra. Did you mean microsoft-entra-id? For any OpenID Connect issuer set AUTH_OIDC_<NAME>_… later.\n",
    );
    expect(await refusal(fresh, "--name", 'Acme "A"')).toContain("The name has one of");
    expect(await create([])).toBe(2);
    expect(await create([fresh, "--template", "blog"])).toBe(2);

    expect(readdirSync(parent).sort()).toEqual(["acme-portal", "full"]);
    expect(readdirSync(full)).toEqual(["thesis.txt"]);
  });

  it("leaves nothing half written when it fails on the way", async () => {
    const path = process.env["PATH"];
    const tools = join(parent, "tools");
    mkdirSync(tools);
    writeFileSync(join(tools, "npm"), "#!/bin/sh\necho the disk is full\nexit 1\n", { mode: 0o755 });
    process.env["PATH"] = `${tools}:${path}`;
    const attempt = create([join(parent, "unlucky"), "--yes"]);
    await expect(attempt.finally(() => Object.assign(process.env, { PATH: path }))).rejects.toThrow("the disk is full");

    expect(readdirSync(parent).sort()).toEqual(["acme-portal", "full", "tools"]);
  });
});

describe("what it is called where nothing is said", () => {
  it.each([
    ["/home/ada/team_notes", "Team notes", "team-notes"],
    ["/srv/Über-uns", "Über uns", "uber-uns"],
    ["/srv/日本", "日本", "app"],
    ["/srv/---", "My app", "my-app"],
  ])("%s is %s, and to npm %s", (folder, name, toNpm) => {
    expect([nameOfFolder(folder), packageName(nameOfFolder(folder))]).toEqual([name, toNpm]);
    expect(nameObjection(name)).toBe(null);
  });
});
