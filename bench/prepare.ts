import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

import { TERMS_VERSION } from "@/features/terms/policy";
import { uuidv7 } from "@/lib/uuid";
import { applyMigrations } from "../scripts/migrations/apply-migrations";
import { withProgress } from "../scripts/progress.mjs";
import { runProgram } from "../scripts/run-program";
import { type Contestant, PEERS, PERSON } from "./contestants";
import { buildLatchkeyCopy } from "./latchkey-copy";

/** Installs what the peers need, into their own folder, and builds every application that has changed since its last build. */
export async function buildContestants(contestants: readonly Contestant[]): Promise<void> {
  const lock = readFileSync(join(PEERS, "package-lock.json"), "utf8");
  const installedFor = join(PEERS, "node_modules", ".installed-for");
  if (!existsSync(installedFor) || readFileSync(installedFor, "utf8") !== lock) {
    await withProgress("Installing the peers", () =>
      runProgram("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: PEERS }),
    );
    writeFileSync(installedFor, lock);
  }
  for (const contestant of contestants) {
    if (contestant.id === "latchkey") await buildLatchkeyCopy(process.cwd());
    else await buildPeer(contestant, lock);
  }
}

async function buildPeer({ name, folder, startArguments, environment }: Contestant, lock: string): Promise<void> {
  const stamp = join(folder, ".next", "bench-sources.sha256");
  const wanted = createHash("sha256").update(lock);
  for (const source of [PEERS, folder]) hashFiles(source, source === folder, wanted);
  const digest = wanted.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  rmSync(join(folder, ".next"), { recursive: true, force: true });
  const [next = ""] = startArguments;
  await withProgress(`Building ${name}`, () =>
    runProgram(process.execPath, [next, "build"], {
      cwd: folder,
      env: { ...process.env, ...environment("http://localhost:3000"), NODE_ENV: "production" },
    }),
  );
  writeFileSync(stamp, digest);
}

function hashFiles(folder: string, deep: boolean, hash: ReturnType<typeof createHash>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) hash.update(path).update(readFileSync(path));
    else if (deep && entry.name !== ".next") hashFiles(path, true, hash);
  }
}

/** Gives an application a database of its own, in which the one person has an account. */
export async function prepareDatabase(contestant: Contestant, serverUrl: string): Promise<string> {
  const name = `bench_${contestant.id.replaceAll("-", "_")}`;
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (contestant.id === "latchkey") await storePerson(contestant, url.href);
  else if (existsSync(join(contestant.folder, "prepare.mjs"))) {
    await runProgram(process.execPath, ["prepare.mjs"], {
      cwd: contestant.folder,
      env: {
        ...{ ...process.env, ...contestant.environment("http://localhost:3000"), DATABASE_URL: url.href },
        ...{ BENCH_EMAIL: PERSON.email, BENCH_PASSWORD: PERSON.password },
      },
    });
  }
  return url.href;
}

async function storePerson(contestant: Contestant, url: string): Promise<void> {
  await applyMigrations(url);
  Object.assign(process.env, contestant.environment("http://localhost:3000"), { DATABASE_URL: url });
  const { hashPassword } = await import("@/features/password/hash-password");
  const values = [uuidv7(new Date()), PERSON.email, await hashPassword(PERSON.password), TERMS_VERSION];
  await withClient(url, (client) =>
    client.query(
      `WITH person AS (
        INSERT INTO users (id, email, email_verified, name, terms_version, terms_agreed_at, updated_at)
        VALUES ($1, $2, now(), 'Ada', $4, now(), now()) RETURNING id
      ) INSERT INTO passwords (user_id, hash, updated_at) SELECT id, $3, now() FROM person`,
      values,
    ),
  );
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}
