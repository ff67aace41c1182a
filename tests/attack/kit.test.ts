import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { catalogue } from "@/attack/catalogue";
import { HOSTILE_CLIENT, type HostileIssuer, startHostileIssuer } from "@/attack/hostile-issuer";
import { makeReport, tableLine } from "@/attack/report";
import { runAttacks } from "@/attack/run-attacks";
import { openTarget, type Target } from "@/attack/target";
import { type RunningMailCatcher, startMailCatcher } from "@/scripts/development/mail-catcher";
import { newDatabase } from "../support/database";
import { ATTACK_SECRET } from "../support/environment";
import { type ServerInstances, startInstances } from "../support/server-instances";

const GRACE_SECONDS = 2;
/** Beside other test files on two cores; alone it takes about 40 s. */
const TIMEOUT_MS = 240_000;

/** Beside the instances that are attacked: limits as they are in production, and networks that a proxy vouches for. */
const LIMITED = { RATE_LIMIT_SCALE: "1", TRUSTED_PROXIES: "1" };

/** Attacks all of the catalogue, and returns the lines of what didn't hold. */
async function attackAll(target: Target) {
  const beganAt = new Date().toISOString();
  const outcomes = await runAttacks(catalogue, target);
  const { attacks, counts } = makeReport(target, outcomes, { beganAt, tookMs: 0 });
  const bad = attacks.filter(({ outcome }) => outcome === "fell" || outcome === "broken").map(tableLine);
  const missed = attacks
    .filter(({ outcome, heldBy }) => outcome === "not_applicable" && heldBy === null)
    .map(tableLine);
  return { bad, missed, counts };
}

describe.each([1, 2])("the attack kit against %i of the instances", (count) => {
  const database = newDatabase();
  const mailbox = mkdtempSync(join(tmpdir(), "latchkey-mailbox-"));
  let mails: RunningMailCatcher;
  let instances: ServerInstances;
  let hostileIssuer: HostileIssuer;

  beforeAll(async () => {
    await database.create();
    mails = await startMailCatcher({ directory: mailbox });
    hostileIssuer = await startHostileIssuer(0);
    const environment = {
      AUTH_OIDC_HOSTILE_ISSUER: hostileIssuer.issuer,
      AUTH_OIDC_HOSTILE_ID: HOSTILE_CLIENT.id,
      AUTH_OIDC_HOSTILE_SECRET: HOSTILE_CLIENT.secret,
      LATCHKEY_ATTACK_TARGET: ATTACK_SECRET,
      LATCHKEY_DEV_MAILBOX: mailbox,
      EMAIL_SERVER: mails.url,
      SESSION_ROTATION_GRACE: String(GRACE_SECONDS),
    };
    instances = await startInstances(
      [...Array.from({ length: count }, () => environment), { ...environment, ...LIMITED }],
      () => database.url,
    );
  });
  afterAll(async () => {
    await instances?.stop();
    hostileIssuer?.close();
    await mails?.close();
    rmSync(mailbox, { recursive: true, force: true });
    await database.drop();
  });

  it(
    "sees every attack held",
    async () => {
      const [first = "", ...others] = instances.all.map(({ address }) => address);
      const limits = await openTarget({ addresses: [others.pop() ?? ""], secret: ATTACK_SECRET });
      const addresses: [string, ...string[]] = [first, ...others];
      const options = { addresses, secret: ATTACK_SECRET, graceSeconds: GRACE_SECONDS, hostileIssuer, limits };
      const target = await openTarget(options);
      const { bad, counts } = await attackAll(target);

      expect(bad).toEqual([]);
      expect(counts.held).toBeGreaterThan(25);
    },
    TIMEOUT_MS,
  );

  it("attacks nobody who did not agree, or agreed to somebody else", async () => {
    const address = instances.all[0]?.address ?? "";
    const another = openTarget({ addresses: [address], secret: `${ATTACK_SECRET}x` });
    await expect(another).rejects.toThrow("agreed to be attacked by somebody else");
    const nobody = openTarget({ addresses: ["http://127.0.0.1:1"], secret: ATTACK_SECRET });
    await expect(nobody).rejects.toThrow("Nothing answers");
  });
});
