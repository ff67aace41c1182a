import { describe, expect, it } from "vitest";

import type { SessionClaims } from "@/features/session/session-claims";
import { useDatabase } from "../../support/database";
import { newPerson, newSession } from "../session-overview/people";
import { waitingMails } from "../sign-up/mails-of";
import { answer, beginFlow, enableProviders, linksOf, NOW, newIdentity, patiently } from "./identities";

useDatabase();
enableProviders("GOOGLE", "GITHUB");

const signedIn = async (): Promise<SessionClaims> => newSession(await newPerson(), NOW);
const mailTo = async (claims: SessionClaims) => (await waitingMails()).filter(({ to }) => to === claims.email);

describe("finishConnection in a race (F14)", () => {
  const PARALLEL = 20;
  const flowsOf = async (claims: SessionClaims, count: number) => {
    const flows: string[] = [];
    for (let index = 0; index < count; index++) flows.push(await beginFlow(claims));
    return flows;
  };
  const count = (results: readonly (Awaited<ReturnType<typeof answer>> | null)[]) => {
    const told = results.map((result) => (result?.ok ? result.value : (result?.refusal ?? "none")));
    return Object.fromEntries([...new Set(told)].map((one) => [one, told.filter((other) => other === one).length]));
  };

  it("links one identity once, however often one flow is answered", async () => {
    const claims = await signedIn();
    const flow = await beginFlow(claims);
    const person = newIdentity();
    const answers = Array.from({ length: PARALLEL }, () => patiently(() => answer(flow, person, claims)));

    expect(count(await Promise.all(answers))).toEqual({ connected: 1, expired: PARALLEL - 1 });
  });

  it("links one identity once, with twenty flows of one person", async () => {
    const claims = await signedIn();
    const person = newIdentity();
    const flows = await flowsOf(claims, PARALLEL);
    const answers = flows.map((flow) => patiently(() => answer(flow, person, claims)));

    expect(count(await Promise.all(answers))).toEqual({ connected: 1, reconnected: PARALLEL - 1 });
    expect([await linksOf(claims.sub), await mailTo(claims)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it("links one identity to one of two accounts that want it at once", async () => {
    const both = [await signedIn(), await signedIn()];
    const person = newIdentity();
    const answers = await Promise.all(
      both.map(async (claims) => {
        const flows = await flowsOf(claims, PARALLEL / 2);
        return () => flows.map((flow) => patiently(() => answer(flow, person, claims)));
      }),
    );
    const results = await Promise.all(answers.flatMap((begin) => begin()));

    expect(count(results)).toEqual({ connected: 1, reconnected: PARALLEL / 2 - 1, linked_elsewhere: PARALLEL / 2 });
    expect((await Promise.all(both.map(({ sub }) => linksOf(sub)))).flat()).toHaveLength(1);
  });

  it("links one of several identities at a provider that come at once", async () => {
    const claims = await signedIn();
    const flows = await flowsOf(claims, PARALLEL);
    const answers = flows.map((flow) => patiently(() => answer(flow, newIdentity(), claims)));

    expect(count(await Promise.all(answers))).toEqual({ connected: 1, other_identity: PARALLEL - 1 });
  });
});
