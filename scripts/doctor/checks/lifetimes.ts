import { durationInWords } from "@/lib/duration-in-words";
import { defineCheck, type Finding, problem } from "../check";
import type { Settings } from "../subject";

type Lifetime = Extract<keyof Settings, `${string}_TTL` | `${string}_GRACE` | "REVOCATION_MAX_STALENESS">;

/** What must not last longer than what, and what comes of it otherwise. */
const ORDER: readonly [shorter: Lifetime, longer: Lifetime, consequence: string][] = [
  ["SESSION_IDLE_TTL", "SESSION_ABSOLUTE_TTL", "no session ever ends for being idle"],
  ["SESSION_ACCESS_TTL", "SESSION_IDLE_TTL", "a cookie is believed for less long than it says"],
  ["SESSION_ROTATION_GRACE", "SESSION_ACCESS_TTL", "a stolen cookie works for as long as a new one"],
  ["REVOCATION_MAX_STALENESS", "REVOCATION_OUTAGE_GRACE", "no outage of the database is bridged at all"],
  ["REVOCATION_MAX_STALENESS", "SESSION_ACCESS_TTL", "an ended session lives on until its cookie is renewed"],
  ["ACCESS_TOKEN_TTL", "SESSION_ABSOLUTE_TTL", "no access token lives for as long as it says"],
];

/** A stolen link or token of this age is one too many: OWASP and NIST want minutes. */
const LONGEST: readonly [lifetime: Lifetime, seconds: number, reason: string][] = [
  ["ACCESS_TOKEN_TTL", 60 * 60, "services that check it on their own accept it after the sign-out"],
  ["RESET_TOKEN_TTL", 24 * 60 * 60, "a mailbox that is read later gives the account away"],
];

/** Durations that contradict each other, or what they are for. */
export const lifetimes = defineCheck({
  name: "Lifetimes",
  needs: [],
  run: (settings) => [...contradictions(settings), ...excesses(settings)],
});

function contradictions(settings: Settings): Finding[] {
  return ORDER.flatMap(([shorter, longer, consequence]) => {
    const [short, long] = [settings[shorter], settings[longer]];
    // A grace of nothing is a choice: rather no answer than an old one.
    if (short === undefined || !long || short <= long) return [];
    const sentence = `${shorter} (${durationInWords(short, "en")}) is longer than ${longer} (${durationInWords(long, "en")}): ${consequence}.`;
    return [problem(sentence, `Set ${shorter} to ${long} or less, or ${longer} to ${short} or more`)];
  });
}

function excesses(settings: Settings): Finding[] {
  return LONGEST.flatMap(([name, most, reason]) => {
    const seconds = settings[name];
    if (seconds === undefined || seconds <= most) return [];
    const sentence = `${name} is ${durationInWords(seconds, "en")}: ${reason}.`;
    return [{ severity: "hint", sentence, fix: `Set ${name} to ${most} or less` }];
  });
}
