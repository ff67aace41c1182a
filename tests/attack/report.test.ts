import { describe, expect, it } from "vitest";

import { type Attack, attack, fromInside } from "@/attack/attack";
import { demand, demandStatus, NotApplicable } from "@/attack/demand";
import { htmlReport } from "@/attack/html-report";
import { isClean, makeReport, sentence, tableLine } from "@/attack/report";
import { runAttacks } from "@/attack/run-attacks";
import type { Target } from "@/attack/target";

const MARKUP = "<script>alert(1)</script>";
/** A target that has nothing: the attacks here ask it for nothing. */
const nowhere = { origin: "http://localhost:1", addresses: ["http://localhost:1"], slow: false, has: () => false };
const target = nowhere as unknown as Target;

const attacks: Attack[] = [
  attack("A4", "source", "An honest one", async () => undefined),
  attack("A3", "source", "One that gets through", async () => demand(false, `saw ${MARKUP}`)),
  attack("A2", "source", "One that is turned away", async () =>
    demandStatus(new Response(null, { status: 429 }), 401, "a try"),
  ),
  attack("A1", "source", "One that breaks", async () => {
    throw new Error("fetch failed");
  }),
  attack("A5", "source", "One without a mailbox", async () => undefined, { needs: ["mailbox"] }),
  attack("A6", "source", "One that says so itself", async () => {
    throw new NotApplicable("there is nothing to attack");
  }),
  fromInside("A7", "source", "One from inside", "tests/attack/report.test.ts"),
];

async function report() {
  const outcomes = await runAttacks(attacks, target);
  return makeReport(target, outcomes, { beganAt: "2026-11-24T17:00:00.000Z", tookMs: 1_000 });
}

describe("a run of the attack kit", () => {
  it("tells what held from what fell, what could not be tried, and what broke off", async () => {
    const made = await report();

    expect(made.attacks.map(tableLine)).toEqual([
      "A1    BROKE OFF        One that breaks: fetch failed",
      "A2    not applicable   One that is turned away: a try: the target's rate limits turned the kit away; start it with RATE_LIMIT_SCALE=1000",
      `A3    FELL             One that gets through: saw ${MARKUP}`,
      "A4    held             An honest one",
      "A5    not applicable   One without a mailbox: no mailbox to read: the target has no development mailbox",
      "A6    not applicable   One that says so itself: there is nothing to attack",
      "A7    not applicable   One from inside: can't be done from outside: held by tests/attack/report.test.ts",
    ]);
    expect(sentence(made)).toBe("7 attacks in 1 s: 1 held, 1 fell, 4 not applicable, 1 broke off");
  });

  it("is clean only when nothing fell and nothing broke off", () => {
    const counts = { held: 1, fell: 0, not_applicable: 9, broken: 0 };

    expect(isClean({ counts })).toBe(true);
    expect(isClean({ counts: { ...counts, fell: 1 } })).toBe(false);
    expect(isClean({ counts: { ...counts, broken: 1 } })).toBe(false);
  });

  it("makes a page on which what a hostile target answered is text", async () => {
    const page = htmlReport(await report());

    expect(page).not.toContain(MARKUP);
    expect(page).toContain("Saw &lt;script&gt;alert(1)&lt;/script&gt;");
  });
});
