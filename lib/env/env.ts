import type * as z from "zod";

import { Failure } from "@/lib/failure";
import { isLoopback } from "@/lib/loopback";
import { type ProviderSettings, parseProviders } from "./providers";
import { EnvironmentSchema } from "./schema";

/** The validated configuration; see `EnvironmentSchema` for each value's unit and default. */
export type Environment = Readonly<z.output<typeof EnvironmentSchema>> & {
  readonly providers: readonly ProviderSettings[];
};

/** What is wrong with the configuration, one sentence each, with the variable's name and never its value. */
export type EnvironmentProblems = readonly [string, ...string[]];

/**
 * Reads and checks the whole configuration.
 *
 * @param source - Usually `process.env`. An empty value counts as unset.
 * @returns The configuration, or every problem at once.
 */
export function parseEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): { ok: true; value: Environment } | { ok: false; problems: EnvironmentProblems } {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = EnvironmentSchema.safeParse(present);
  const problems = parsed.success ? [] : parsed.error.issues.map(describeIssue);

  const authUrl = EnvironmentSchema.shape.AUTH_URL.safeParse(present["AUTH_URL"]).data;
  const providers = parseProviders(present, authUrl, problems);
  problems.push(...loopbackOnlyProblems(present));

  const [first, ...rest] = problems;
  if (first !== undefined) return { ok: false, problems: [first, ...rest] };
  if (!parsed.success) throw new Failure("environment_unreadable", "The environment was refused without a reason.");
  return { ok: true, value: { ...parsed.data, providers } };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const missing = issue.code === "invalid_type" && issue.message.startsWith("Invalid input");
  return `${issue.path.join(".")}: ${missing ? "is not set" : issue.message}`;
}

/** What is for this machine alone. Looked at also where other variables are wrong, so that all is told at once. */
function loopbackOnlyProblems(present: Readonly<Record<string, string | undefined>>): string[] {
  const address = present["AUTH_URL"];
  if (!address || !URL.canParse(address) || isLoopback(new URL(address))) return [];
  const scale = EnvironmentSchema.shape.RATE_LIMIT_SCALE.safeParse(present["RATE_LIMIT_SCALE"]).data ?? 1;
  return [
    ...(scale > 1 ? ["RATE_LIMIT_SCALE: may be above 1 only while AUTH_URL is this machine itself"] : []),
    ...["LATCHKEY_DEV_MAILBOX", "LATCHKEY_DEV_IDENTITY_PROVIDER"]
      .filter((variable) => present[variable])
      .map((variable) => `${variable}: is for development; remove it`),
    ...(present["LATCHKEY_ATTACK_TARGET"] && present["LATCHKEY_ATTACK_TARGET_ORIGIN"] !== new URL(address).origin
      ? ["LATCHKEY_ATTACK_TARGET: needs LATCHKEY_ATTACK_TARGET_ORIGIN with the very origin of AUTH_URL, or remove it"]
      : []),
  ];
}

let cached: Environment | undefined;

/**
 * The configuration of this process, read once, at the first call, so that a build needs none.
 *
 * @throws Failure `environment_invalid`, listing every problem.
 */
export function env(): Environment {
  if (cached) return cached;
  const parsed = parseEnvironment(process.env);
  if (!parsed.ok) {
    throw new Failure(
      "environment_invalid",
      `The configuration has problems:\n${parsed.problems.map((p) => `  - ${p}`).join("\n")}`,
    );
  }
  cached = parsed.value;
  return cached;
}
