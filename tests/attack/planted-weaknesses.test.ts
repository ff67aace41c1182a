import { afterAll, describe, expect, it } from "vitest";

import { catalogue } from "@/attack/catalogue";
import { HOSTILE_CLIENT, startHostileIssuer } from "@/attack/hostile-issuer";
import { runAttacks } from "@/attack/run-attacks";
import { openTarget } from "@/attack/target";
import { ATTACK_SECRET } from "../support/environment";
import { useServer } from "../support/server";
import { weaken } from "../support/weakening-proxy";
import { weaknesses } from "./weaknesses/all";
import type { Weakness } from "./weaknesses/weakness";

const GRACE_SECONDS = 2;
/** Beside other test files on two cores; alone it takes a quarter of that. */
const TIMEOUT_MS = 400_000;
const AT_ONCE = 4;

const hostileIssuer = await startHostileIssuer(0);
afterAll(() => hostileIssuer.close());

const server = useServer({
  AUTH_OIDC_HOSTILE_ISSUER: hostileIssuer.issuer,
  AUTH_OIDC_HOSTILE_ID: HOSTILE_CLIENT.id,
  AUTH_OIDC_HOSTILE_SECRET: HOSTILE_CLIENT.secret,
  LATCHKEY_ATTACK_TARGET: ATTACK_SECRET,
  SESSION_ROTATION_GRACE: String(GRACE_SECONDS),
});

/** Attacks a server that has this weakness, by the attack that should find it. */
async function attackWeak({ foundBy, weakening, lenient }: Weakness): Promise<string> {
  const weak = await weaken(server().origin, weakening, lenient);
  try {
    const where = { addresses: [weak.address] as const, secret: ATTACK_SECRET };
    // A server with limits a thousand times those of production is one without any.
    const target = await openTarget({
      ...where,
      graceSeconds: GRACE_SECONDS,
      hostileIssuer,
      limits: await openTarget(where),
    });
    const attacks = catalogue.filter(({ id }) => id === foundBy);
    const [outcome] = await runAttacks(attacks, target);
    const verdict = outcome?.verdict;
    return verdict?.outcome === "broken" ? `broken: ${verdict.why}` : (verdict?.outcome ?? "no such attack");
  } finally {
    weak.close();
  }
}

describe("the attack kit names the weakness of a server that", () => {
  it(
    "has one of those that are planted: each is seen to fall",
    async () => {
      const found: Record<string, string> = {};
      const find = async (weakness: Weakness) => {
        found[`${weakness.foundBy}: ${weakness.is}`] = await attackWeak(weakness);
      };
      const alone = new Set(catalogue.filter((attack) => attack.alone).map(({ id }) => id));
      const waiting = weaknesses.filter(({ foundBy }) => !alone.has(foundBy));
      const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await find(next);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      for (const weakness of weaknesses.filter(({ foundBy }) => alone.has(foundBy))) await find(weakness);

      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, "fell"])));
    },
    TIMEOUT_MS,
  );

  it("can be attacked at all: there is a weakness for every attack from outside, but for one that needs https", () => {
    const planted = new Set(weaknesses.map(({ foundBy }) => foundBy));
    const unseen = catalogue.filter(({ id, run }) => run && !planted.has(id)).map(({ id }) => id);

    expect(unseen).toEqual(["A77"]);
  });
});
