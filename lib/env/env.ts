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
  if (parsed.success && !isLoopback(parsed.data.AUTH_URL)) problems.push(...loopbackOnlyProblems(parsed.data));

  const [first, ...rest] = problems;
  if (first !== undefined) return { ok: false, problems: [first, ...rest] };
  if (!parsed.success) throw new Failure("environment_unreadable", "The environment was refused without a reason.");
  return { ok: true, value: { ...parsed.data, providers } };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const missing = issue.code === "invalid_type" && issue.message.startsWith("Invalid input");
  return `${issue.path.join(".")}: ${missing ? "is not set" : issue.message}`;
}

function loopbackOnlyProblems(values: z.output<typeof EnvironmentSchema>): string[] {
  const problems: string[] = [];
  if (values.RATE_LIMIT_SCALE > 1)
    problems.push("RATE_LIMIT_SCALE: may be above 1 only while AUTH_URL is this machine itself");
  if (values.LATCHKEY_DEV_MAILBOX) problems.push("LATCHKEY_DEV_MAILBOX: is for development; remove it");
  if (values.LATCHKEY_DEV_IDENTITY_PROVIDER)
    problems.push("LATCHKEY_DEV_IDENTITY_PROVIDER: is for development; remove it");
  return problems;
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
