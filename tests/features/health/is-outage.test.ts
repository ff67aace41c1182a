import { createServer } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, describe, expect, inject, it } from "vitest";

import { isOutage } from "@/features/health/is-outage";
import { Failure } from "@/lib/failure";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { runStatement } from "../../support/postgres";

const clients: PrismaClient[] = [];
const connect = (connectionString: string, max = 2) => {
  const limits = { connectionTimeoutMillis: 300, query_timeout: 1_000, statement_timeout: 300, max };
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString, ...limits }) });
  clients.push(client);
  return client;
};
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
afterAll(() => Promise.all(clients.map((client) => client.$disconnect())));

describe("isOutage", () => {
  it.each(["database_unavailable", "hash_queue_full", "hash_worker_crashed"])("is true of %s", (code) => {
    expect(isOutage(new Failure(code, ""))).toBe(true);
  });

  it.each([
    new Failure("seal_broken", ""),
    new Error("a bug"),
    new TypeError("x"),
    null,
    undefined,
    "away",
    { code: "P1001" },
  ])("is false of %s", (error) => {
    expect(isOutage(error)).toBe(false);
  });

  it("is true of a database that refuses connections", async () => {
    const client = connect("postgres://nobody@127.0.0.1:1/nothing");

    expect(isOutage(await errorOf(client.$queryRaw`SELECT 1`))).toBe(true);
    expect(isOutage(await errorOf(client.user.count()))).toBe(true);
    expect(isOutage(await errorOf(client.$transaction(async (inside) => inside.user.count())))).toBe(true);
  });

  it("is true of a database that accepts connections and is silent", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const client = connect(`postgres://nobody@127.0.0.1:${port}/nothing`);

    expect(isOutage(await errorOf(client.$queryRaw`SELECT 1`))).toBe(true);
    silent.close();
  });

  it("is true of a query that takes too long, and of waiting too long for a connection", async () => {
    const client = connect(inject("databaseServerUrl"), 1);
    const [slow, waiting] = await Promise.all([
      errorOf(client.$queryRaw`SELECT pg_sleep(2)::text`),
      errorOf(
        client
          .$transaction(async (inside) => inside.$queryRaw`SELECT pg_sleep(0.29)::text`)
          .then(() => client.$queryRaw`SELECT pg_sleep(2)::text`),
      ),
    ]);

    expect([slow, waiting].map(isOutage)).toEqual([true, true]);
  });

  it("is true of a connection that the server ends", async () => {
    const client = connect(inject("databaseServerUrl"), 1);
    const [{ pid } = { pid: 0 }] = await client.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const running = errorOf(client.$queryRaw`SELECT pg_sleep(0.25)::text`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await runStatement(inject("databaseServerUrl"), "SELECT pg_terminate_backend($1)", [pid]);

    expect(isOutage(await running)).toBe(true);
  });

  it("is true of a right that is missing, and of a transaction that may not write (F24)", async () => {
    const client = connect(inject("databaseServerUrl"));
    const as = (setting: string) =>
      client.$transaction(async (inside) => {
        await inside.$executeRawUnsafe(setting);
        await inside.$executeRaw`CREATE TABLE written (id int)`;
      });

    expect(isOutage(await errorOf(as("SET LOCAL ROLE pg_read_all_data")))).toBe(true);
    expect(isOutage(await errorOf(as("SET TRANSACTION READ ONLY")))).toBe(true);
  });

  it("is false of a statement that is wrong", async () => {
    const client = connect(inject("databaseServerUrl"));

    expect(isOutage(await errorOf(client.$queryRaw`SELECT 1/0`))).toBe(false);
    expect(isOutage(await errorOf(client.$queryRaw`SELECT * FROM no_such_table`))).toBe(false);
  });
});
