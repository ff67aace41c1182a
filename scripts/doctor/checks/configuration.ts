import { EnvironmentSchema } from "@/lib/env/schema";
import { defineCheck, type Finding, problem } from "../check";
import type { Subject } from "../subject";

/** How sentences go on that say in their end what to do: what joins it, and its first words. */
const JOINTS = [". Make", ". Choose", ". For any", "; remove it", ", or remove it"];

/** Values that are right in form, for what has no default. */
const EXAMPLES: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://user:password@host:5432/database",
  AUTH_URL: "https://app.example.com",
  EMAIL_SERVER: "smtps://user:password@mail.example.com:465",
  EMAIL_FROM: "Latchkey <no-reply@example.com>",
  REDIS_URL: "rediss://user:password@host:6379",
};

/** All that the server would refuse to start with, in its own words, and what has not been begun. */
export const configuration = defineCheck({
  name: "Configuration",
  needs: [],
  run: (_facts, subject) => [...firstSteps(subject), ...subject.problems.map((said) => mend(said, subject))],
});

function firstSteps({ stage }: Subject): Finding[] {
  if (stage === "untouched")
    return [problem("Nothing is set up in this folder yet.", "npm start, then npm run doctor in another terminal")];
  if (stage !== "stopped_here") return [];
  const sentence = "Nothing runs in this folder now, and DATABASE_URL, AUTH_URL and EMAIL_SERVER are not all set.";
  return [{ severity: "hint", sentence, fix: "npm start brings them; for npm run serve, set them: .env.example" }];
}

/** Sets the server's sentence apart from what it says to do, or says what to do. */
function mend(said: string, subject: Subject): Finding {
  const joint = JOINTS.find((one) => said.includes(one));
  const [sentence = said, rest] = joint ? said.split(joint) : [said];
  const fix = joint && joint.replace(/^(?:, or|\W) /, "") + (rest ?? "");
  const variable = /^([A-Z][A-Z0-9_]*)(?=[:_])/.exec(said)?.[1] ?? "";
  return problem(`${sentence}.`, fix ?? exactFix(variable, said, subject));
}

function exactFix(variable: string, said: string, { variables }: Subject): string {
  const value = variables[variable];
  if (variable === "AUTH_URL" && value && URL.canParse(value)) {
    const { host, protocol } = new URL(value);
    if (/^https?:$/.test(protocol)) return `AUTH_URL=${said.includes("https") ? "https:" : protocol}//${host}`;
  }
  if (EXAMPLES[variable]) return `Set it, such as ${variable}=${EXAMPLES[variable]}`;
  const standard = defaultOf(variable);
  if (standard !== undefined) return `${variable}=${standard}, which is the default, or remove it`;
  return said.includes("is not set") ? "Set it, or remove the others" : "See .env.example";
}

function defaultOf(variable: string): string | undefined {
  const schema = (EnvironmentSchema.shape as Record<string, { safeParse(value: unknown): { data?: unknown } }>)[
    variable
  ];
  const standard = schema?.safeParse(undefined).data;
  return standard === undefined ? undefined : String(standard);
}
