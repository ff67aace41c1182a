import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect } from "vitest";

import { brokenInvariants, forkedCookies, toldSecrets } from "./global-invariants";
import { machineSlowness } from "./machine-slowness";
import type { ServerInstance, ServerInstances } from "./server-instances";
import { type StoredPerson, signInOn, storePerson } from "./session-cookies";

const LONGEST_HEALING_MS = 5_000;
const POLL_MS = 25;

/** Whoever signs in to see that one can: one for each database. */
const probes = new WeakMap<ServerInstances, Promise<StoredPerson>>();

/**
 * Checks after each test of the file what must hold whatever the fault was: each server heals by itself within 5 s, no rule of
 * global-invariants.ts is broken, and no log tells a secret. Call it before all other hooks of the file: those then run
 * first, and end the fault.
 */
export function holdAfterEachFault(instances: () => ServerInstances): void {
  afterEach(async () => {
    await expectSound(instances());
  });
}

/** Has this person sign in for the check, where not everybody can any more. */
export function probeWith(instances: ServerInstances, person: StoredPerson): void {
  probes.set(instances, Promise.resolve(person));
}

/** The same, once: between the rounds of one test. */
export async function expectSound(instances: ServerInstances): Promise<void> {
  const { all, query, witness } = instances;
  const probe = probes.get(instances) ?? storePerson(instances);
  probes.set(instances, probe);
  const person = await probe;
  witness.note("password", person.password);
  await expectHealing(instances, person);

  const broken = [...(await brokenInvariants(query)), ...(await forkedCookies(query, witness.secrets))];
  const told = all.flatMap((instance) => toldSecrets(instance.output(), witness.secrets));
  expect([...broken, ...told]).toEqual([]);
}

async function expectHealing({ all }: ServerInstances, person: StoredPerson): Promise<void> {
  const beganMs = performance.now();
  while (!(await areServing(all, person).catch(() => false))) {
    const tookMs = performance.now() - beganMs;
    expect(tookMs, "All heal by themselves within 5 s").toBeLessThanOrEqual(LONGEST_HEALING_MS * machineSlowness());
    await sleep(POLL_MS);
  }
}

let turn = 0;

/** Whether all say that they are ready, one of them, another each time, lets somebody sign in, and all know who it is. */
async function areServing(all: readonly ServerInstance[], person: StoredPerson): Promise<boolean> {
  if (!all.every((instance) => instance.isRunning())) return false;
  const ready = await Promise.all(all.map((instance) => instance.client().get("/readyz")));
  const chosen = all[turn++ % all.length];
  if (!chosen || ready.some(({ status }) => status !== 200)) return false;
  const { cookies } = await signInOn(chosen, person);
  const known = await Promise.all(all.map((instance) => instance.client(cookies).get("/api/me")));
  return known.every(({ status }) => status === 200);
}
