import { existsSync } from "node:fs";
import { join } from "node:path";

import { type Environment, parseEnvironment } from "@/lib/env/env";
import { type ProviderSettings, parseProviders } from "@/lib/env/providers";
import { EnvironmentSchema } from "@/lib/env/schema";
import { isLoopback } from "@/lib/loopback";
import { loadLocalEnvironment } from "../development/local-environment";
import { runningEnvironment } from "../development/running-environment";
import type { Instance, Sight } from "./instance";

/** The settings that are set and valid, or have a default. One that is wrong hides none of the others. */
export type Settings = { readonly [name in keyof Environment]?: Environment[name] };

/** What checks may need. `sight` is what was found where the instance should be. */
export type Facts = Settings & { readonly sight?: Sight; readonly instance?: Instance };

/**
 * What this folder is for, as far as can be told.
 *
 * - `configured`: an installation that brings its own database and mail server;
 * - `running_here`: `npm start` or `npm run dev` runs in it;
 * - `stopped_here`: they have, and don't now;
 * - `untouched`: nothing has been started or set yet.
 */
export type Stage = "configured" | "running_here" | "stopped_here" | "untouched";

/** What is examined. */
export interface Subject {
  readonly root: string;
  readonly stage: Stage;
  /** Variables as they are, empty ones left out. */
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: Settings;
  /** What the server itself would say of the configuration. */
  readonly problems: readonly string[];
  /** Where the instance is asked, and whether somebody named it. */
  readonly address: { readonly url: URL; readonly given: boolean } | null;
  /** Who gets a test mail. */
  readonly testMailTo: string | null;
}

/** What `npm start` brings along when it isn't set. */
const BROUGHT = ["DATABASE_URL", "AUTH_URL", "EMAIL_SERVER", "EMAIL_FROM"];
const OWN_SERVICES = ["DATABASE_URL", "AUTH_URL", "EMAIL_SERVER"];

/**
 * Reads the configuration: the process's environment, then what `npm start` has running in this folder, then .env.local.
 *
 * @param asked.url - The address that browsers use, where it isn't `AUTH_URL`.
 */
export function readSubject(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  asked: { url?: URL; testMailTo?: string } = {},
): Subject {
  const local = loadLocalEnvironment(root);
  const running = runningEnvironment(root);
  const variables = present({ ...local, ...running, ...present(environment) });
  const stage = running ? "running_here" : stageOf(root, variables);
  const settings = readSettings(variables);
  const url = asked.url ?? settings.AUTH_URL ?? addressOfStart(stage, settings);
  return {
    ...{ root, stage, variables, settings },
    problems: problemsOf(variables, stage),
    address: url ? { url, given: asked.url !== undefined } : null,
    testMailTo: asked.testMailTo ?? null,
  };
}

function stageOf(root: string, variables: Readonly<Record<string, string>>): Stage {
  const set = OWN_SERVICES.flatMap((name) => variables[name] ?? []);
  const isElsewhere = (value: string) => !URL.canParse(value) || !isLoopback(new URL(value));
  if (variables["NODE_ENV"] === "production" || set.length === OWN_SERVICES.length || set.some(isElsewhere))
    return "configured";
  return set.length === 0 && !existsSync(join(root, ".env.local")) ? "untouched" : "stopped_here";
}

function problemsOf(variables: Readonly<Record<string, string>>, stage: Stage): string[] {
  const parsed = parseEnvironment(variables);
  if (parsed.ok) return [];
  const brought = { configured: [], running_here: [], stopped_here: BROUGHT, untouched: [...BROUGHT, "AUTH_SECRET"] };
  const comesWithStart = (sentence: string) =>
    brought[stage].some((name) => sentence.startsWith(`${name}: is not set`) && !variables[name]);
  return parsed.problems.filter((sentence) => !comesWithStart(sentence));
}

function readSettings(variables: Readonly<Record<string, string>>): Settings {
  const settings: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(EnvironmentSchema.shape)) {
    const { data } = schema.safeParse(variables[name]);
    if (data !== undefined) settings[name] = data;
  }
  const { AUTH_URL } = settings as Settings;
  const providers: readonly ProviderSettings[] = parseProviders(variables, AUTH_URL, []);
  return { ...settings, providers };
}

function addressOfStart(stage: Stage, { PORT }: Settings): URL | undefined {
  return stage === "configured" ? undefined : new URL(`http://localhost:${PORT}`);
}

const present = (variables: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => Boolean(entry[1])));
