import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

import { Failure } from "@/lib/failure";
import { MIGRATIONS, migrationNames } from "./migration-names";

const SCHEMA = join("prisma", "schema.prisma");

/**
 * Sends a migration to PostgreSQL as it is. The adapter would cut it at each semicolon, the ones inside functions included;
 * and sent whole, it is applied whole or not at all.
 */
class WholeScripts extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

/** Prisma's schema engine on one database. */
export interface Migrator {
  readonly engine: SchemaEngine;
  readonly migrationsList: MigrationList;
  readonly schema: { path: string; content: string };
  /** Ends the engine's connections. */
  close(): Promise<void>;
}

/**
 * Loads Prisma's own schema engine, compiled to WebAssembly, so that migrating needs no downloaded program.
 * It writes the same `_prisma_migrations` rows as Prisma's command line.
 */
export async function openMigrator(root: string, databaseUrl: string): Promise<Migrator> {
  const schema = { path: join(root, SCHEMA), content: readFileSync(join(root, SCHEMA), "utf8") };
  const { SchemaEngine } = await loadEngineOnce(root);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  const engine = await SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, adapter);
  return { engine, migrationsList: readMigrations(root), schema, close: () => pool.end() };
}

function readMigrations(root: string): MigrationList {
  const lockfile = join(root, MIGRATIONS, "migration_lock.toml");
  return {
    baseDir: join(root, MIGRATIONS),
    lockfile: { path: "migration_lock.toml", content: readFileSync(lockfile, "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames(root).map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(root, MIGRATIONS, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

type EngineModule = typeof import("@prisma/schema-engine-wasm");

let loaded: Promise<EngineModule> | undefined;

/** The glue code holds one instance at a time, so a process loads the engine once. */
function loadEngineOnce(root: string): Promise<EngineModule> {
  loaded ??= loadEngine(root);
  return loaded;
}

/** The package is made for bundlers, which link the .wasm file themselves; Node is told how. */
async function loadEngine(root: string): Promise<EngineModule> {
  const folder = dirname(createRequire(join(root, "package.json")).resolve("@prisma/schema-engine-wasm"));
  const bindings = join(folder, "schema_engine_bg.js");
  const glue = (await import(pathToFileURL(bindings).href)) as EngineModule & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  const module = await WebAssembly.compile(readFileSync(bindings.replace(/\.js$/, ".wasm")));
  const instance = await WebAssembly.instantiate(module, {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        throw new Failure("migration_failed", `Prisma's schema engine broke: ${message}`);
      },
    },
  });
  return glue;
}
