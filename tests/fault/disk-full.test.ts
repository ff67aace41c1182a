import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { newAddress } from "../support/accounts";
import { holdAfterEachFault } from "../support/after-each-fault";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { ageCookie, signInOn, storePerson } from "../support/session-cookies";

const DISK_MEGABYTES = 80;
const LONGEST_ANSWER_MS = 5_000;
const BLOCK = Buffer.alloc(64 * 1024);

const folder = mkdtempSync(join(tmpdir(), "latchkey-disk-"));
/** A disk of that size is a mounted tmpfs, which root alone can have, and not in every container. */
const canMount =
  process.platform === "linux" &&
  spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MEGABYTES}m`, "tmpfs", folder]).status === 0;

describe.skipIf(!canMount)(
  "F13: the database's disk is full (needs the right to mount a tmpfs: run it as root)",
  () => {
    let postgres: FaultyPostgres;
    let instances: ServerInstances;
    let server: ServerInstance;
    const filler = join(folder, "filler");

    const fill = () => {
      try {
        for (;;) appendFileSync(filler, BLOCK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    };
    const free = () => rmSync(filler, { force: true });

    holdAfterEachFault(() => instances);
    beforeAll(async () => {
      postgres = await startFaultyPostgres({ folder: join(folder, "postgres") });
      instances = await startInstances([{ DATABASE_URL: postgres.urlOfServers }], postgres.url);
      const [only] = instances.all;
      if (!only) throw new Error("One instance was started.");
      server = only;
    });
    afterEach(free);
    afterAll(async () => {
      free();
      await instances?.stop();
      await postgres?.remove();
    });

    it("sessions go on, what has to be written is 503, and once there is room all goes on without a restart", async ({
      annotate,
    }) => {
      const person = await storePerson(instances);
      const { email, password } = person;
      const inside = await signInOn(server, person);
      const over = await signInOn(server, person);
      ageCookie(over);
      fill();
      // What little room is left in the tables' last pages is soon used up.
      const statuses: number[] = [];
      let failedInARow = 0;
      for (let tries = 0; tries < 400 && failedInARow < 8; tries++) {
        const beganMs = performance.now();
        const answer = await server.client().post("/api/sign-up", { email: newAddress(), password });
        statuses.push(answer.status);
        failedInARow = answer.status === 503 ? failedInARow + 1 : 0;
        expect(performance.now() - beganMs).toBeLessThan(LONGEST_ANSWER_MS);
      }
      const [signIn, me, page, health] = [
        await server.client().post("/api/sign-in", { email, password: "not the right one at all" }),
        await inside.get("/api/me"),
        await inside.get("/dashboard"),
        await server.client().get("/healthz"),
      ];
      await annotate(
        `${statuses.length} sign-ups: ${[...new Set(statuses)].join(", ")}; a wrong password: ${signIn.status}`,
      );
      expect([...new Set(statuses)].filter((status) => status !== 202 && status !== 503)).toEqual([]);
      expect(failedInARow).toBe(8);
      expect([401, 503]).toContain(signIn.status);
      expect([me.status, page.status, health.status]).toEqual([200, 200, 200]);
      free();
      await expect.poll(async () => (await over.get("/api/me")).status, { timeout: 5_000, interval: 50 }).toBe(200);
      expect((await server.client().post("/api/sign-up", { email: newAddress(), password })).status).toBe(202);
    });
  },
);

afterAll(() => {
  if (canMount) execFileSync("umount", ["-l", folder]);
  rmSync(folder, { recursive: true, force: true });
});
