import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { useDatabase } from "../../support/database";
import { TEST_ENVIRONMENT } from "../../support/environment";
import { ROOT } from "../../support/source-files";
import type { Order } from "./caller";
import { connectPerson, NOW, obtainTokens, storedTokens } from "./connected-person";
import { startWatchedProvider, type WatchedProvider } from "./watched-provider";

const database = useDatabase();
const CALLERS = 20;
let provider: WatchedProvider;
let instances: ChildProcess[] = [];

beforeAll(async () => {
  provider = await startWatchedProvider();
  instances = await Promise.all([startInstance(), startInstance()]);
});
afterAll(async () => {
  for (const instance of instances) instance.kill("SIGKILL");
  await provider.close();
});
afterEach(() => provider.forget());

/** A process of its own, with its own pool of connections, on the same database. */
async function startInstance(): Promise<ChildProcess> {
  const instance = fork(join(ROOT, "tests/features/provider-token/caller.ts"), {
    cwd: ROOT,
    // `server-only` lets itself be imported under this condition.
    execArgv: ["--import", "tsx", "--conditions", "react-server"],
    env: { ...TEST_ENVIRONMENT, NODE_ENV: "test", PATH: process.env["PATH"] ?? "", DATABASE_URL: database.url },
    stdio: "ignore",
  });
  await once(instance, "message");
  return instance;
}

async function ask(instance: ChildProcess, order: Order): Promise<unknown[]> {
  const answer = once(instance, "message");
  instance.send(order);
  const [outcomes] = (await answer) as [unknown[]];
  return outcomes;
}

const askBoth = async (order: Order) => (await Promise.all(instances.map((instance) => ask(instance, order)))).flat();

describe("two instances", () => {
  it(`with ${CALLERS} callers each make one call, and all callers get its token`, async () => {
    for (let round = 0; round < 5; round++) {
      const { userId, accountId } = await connectPerson(await obtainTokens(provider.issuer, NOW));
      provider.forget();
      const outcomes = await askBoth({ userId, issuer: provider.issuer, callers: CALLERS });
      const accessToken = (await storedTokens(accountId))?.accessToken;
      expect(outcomes).toEqual(
        Array.from({ length: 2 * CALLERS }, () => ({ ok: true, value: expect.objectContaining({ accessToken }) })),
      );
      expect(provider.tokenCalls()).toBe(1);
    }
  });

  it("share the failure of the one call", async () => {
    const { userId } = await connectPerson(await obtainTokens(provider.issuer, NOW));
    provider.forget();
    provider.interfere((_, response) => void setTimeout(600).then(() => response.writeHead(500).end()));
    const outcomes = await askBoth({ userId, issuer: provider.issuer, callers: CALLERS });
    expect(outcomes).toEqual(
      Array.from({ length: 2 * CALLERS }, () => ({ ok: false, refusal: "temporarily_unavailable" })),
    );
    expect(provider.tokenCalls()).toBe(1);
  });

  it("share a refusal: one call, one change of claims", async () => {
    const { userId } = await connectPerson(await obtainTokens(provider.issuer, NOW));
    provider.forget();
    provider.interfere((_, response) => {
      response.writeHead(400, { "content-type": "application/json" }).end('{"error":"invalid_grant"}');
    });
    const outcomes = await askBoth({ userId, issuer: provider.issuer, callers: CALLERS });
    expect(outcomes).toEqual(Array.from({ length: 2 * CALLERS }, () => ({ ok: false, refusal: "needs_consent" })));
    expect(provider.tokenCalls()).toBe(1);
    expect(await database.query("SELECT claims_version FROM revocation_feed WHERE user_id = $1", [userId])).toEqual([
      { claims_version: 1 },
    ]);
  });

  it("go on when one is killed with the lease in its hands, once the lease has run out", async () => {
    const { userId, accountId } = await connectPerson(await obtainTokens(provider.issuer, NOW));
    provider.forget();
    const [dying, surviving] = [await startInstance(), instances[0]];
    if (!surviving) throw new Error("There are two instances.");
    // It never gets an answer, nor does the provider spend the refresh token.
    const called = new Promise<void>((resolve) => provider.interfere(() => resolve()));
    dying.send({ userId, issuer: provider.issuer, callers: 1 } satisfies Order);
    await called;
    dying.kill("SIGKILL");
    provider.forget();

    const secondsLeft = "extract(epoch FROM lease_until - clock_timestamp())::float AS seconds";
    const [lease] = await database.query(`SELECT ${secondsLeft} FROM provider_tokens WHERE account_id = $1`, [
      accountId,
    ]);
    expect(lease?.["seconds"]).toBeGreaterThan(10);
    expect(lease?.["seconds"]).toBeLessThanOrEqual(15);
    const outcomes = ask(surviving, { userId, issuer: provider.issuer, callers: CALLERS });
    await setTimeout(500);
    expect(provider.tokenCalls()).toBe(0);
    // As if the 15 s were over.
    await database.query("UPDATE provider_tokens SET lease_until = clock_timestamp() WHERE account_id = $1", [
      accountId,
    ]);

    const all = await outcomes;
    const accessToken = (await storedTokens(accountId))?.accessToken;
    expect(all).toEqual(
      Array.from({ length: CALLERS }, () => ({ ok: true, value: expect.objectContaining({ accessToken }) })),
    );
    expect(provider.tokenCalls()).toBe(1);
  });
});
