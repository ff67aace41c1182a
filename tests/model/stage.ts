import pg from "pg";
import { afterAll, beforeAll } from "vitest";

import type { PrismaClient } from "@/lib/generated/prisma/client";
import { useDatabase } from "../support/database";
import { installInstances, newClient } from "../support/instances";
import type { Engine } from "./engine";
import { play } from "./play";
import { INSTANCES, type Step } from "./steps";
import { newWorld } from "./world";

/** Where stories are performed: one database, and as many clients as there are servers, for the whole test file. */
export interface Stage {
  /** Plays one story from its beginning with a new person; throws where engine and model part. */
  perform(engine: Engine, story: readonly Step[]): Promise<void>;
}

/** Sets the stage of a test file. Call it at the top. */
export function useStage(): Stage {
  const database = useDatabase();
  let sql: pg.Client;
  let clients: PrismaClient[] = [];
  beforeAll(async () => {
    installInstances();
    sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
    clients = INSTANCES.map(() => newClient(database.url));
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.$disconnect()));
    await sql.end();
  });
  return { perform: async (engine, story) => play(await newWorld(engine, sql, clients), story) };
}
