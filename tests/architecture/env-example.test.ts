import { describe, expect, it } from "vitest";

import { parseEnvironment } from "@/lib/env/env";
import { EnvironmentSchema } from "@/lib/env/schema";
import { TEST_ENVIRONMENT } from "../support/environment";
import { readSource } from "../support/source-files";

interface Line {
  variable: string;
  value: string;
  commentedOut: boolean;
  explained: boolean;
}

const ASSIGNMENT = /^(# )?([A-Z][A-Z0-9_<>]*)=(.*)$/;

/** The variables of .env.example. One is explained by the comment right above it, or above the block it stands in. */
function exampleLines(): Line[] {
  let explained = false;
  return readSource(".env.example")
    .split("\n")
    .flatMap((line) => {
      const [, hash, variable, value = ""] = ASSIGNMENT.exec(line) ?? [];
      if (variable !== undefined) return [{ variable, value, commentedOut: hash !== undefined, explained }];
      explained = line.startsWith("# ") && !line.startsWith("# ---");
      return [];
    });
}

const lines = exampleLines();
const isPattern = (variable: string) => variable.includes("<");
const isProvider = (variable: string) => /^AUTH_.+_(?:ID|SECRET|ISSUER|LABEL|LOGOUT)$/.test(variable);
const plain = lines.filter(({ variable }) => !isProvider(variable));

describe(".env.example", () => {
  it("names exactly the variables that are read, but for those of development", () => {
    const read = Object.keys(EnvironmentSchema.shape).filter((variable) => !variable.startsWith("LATCHKEY_DEV_"));

    expect(plain.map(({ variable }) => variable).sort()).toEqual(read.sort());
  });

  it("shows each form of the providers' variables", () => {
    expect(lines.filter(({ variable }) => isPattern(variable)).map(({ variable }) => variable)).toEqual([
      "AUTH_<PROVIDER>_ID",
      "AUTH_<PROVIDER>_SECRET",
      "AUTH_<PROVIDER>_ISSUER",
      "AUTH_<PROVIDER>_LOGOUT",
      "AUTH_OIDC_<NAME>_ISSUER",
      "AUTH_OIDC_<NAME>_ID",
      "AUTH_OIDC_<NAME>_SECRET",
      "AUTH_OIDC_<NAME>_LABEL",
      "AUTH_OIDC_<NAME>_LOGOUT",
    ]);
  });

  it("explains each variable", () => {
    expect(lines.filter(({ explained }) => !explained)).toEqual([]);
  });

  it("comments out what has a default, and shows that default", () => {
    const defaults = parseEnvironment(TEST_ENVIRONMENT);
    const shown = Object.fromEntries(
      plain.filter(({ commentedOut }) => commentedOut).map((line) => [line.variable, line.value]),
    );
    const { REDIS_URL: optional, LATCHKEY_ATTACK_TARGET, LATCHKEY_ATTACK_TARGET_ORIGIN, ...rest } = shown;

    expect(optional).toBeDefined();
    expect([LATCHKEY_ATTACK_TARGET, LATCHKEY_ATTACK_TARGET_ORIGIN]).toEqual(["", ""]);
    expect(defaults).toMatchObject({
      ok: true,
      value: Object.fromEntries(
        Object.entries(rest).map(([variable, value]) => [variable, /^\d+$/.test(value) ? Number(value) : value]),
      ),
    });
    expect(plain.filter(({ commentedOut }) => !commentedOut).map(({ variable }) => variable)).toEqual(
      Object.keys(EnvironmentSchema.shape).filter((variable) => variable in TEST_ENVIRONMENT),
    );
  });

  it("is a valid configuration once the secret is filled in, and holds none itself", () => {
    const uncommented = Object.fromEntries(
      lines.filter(({ variable }) => !isPattern(variable)).map(({ variable, value }) => [variable, value]),
    );

    expect(parseEnvironment(uncommented)).toMatchObject({
      ok: false,
      problems: ["AUTH_SECRET: is not set. Make one with: openssl rand -base64 33"],
    });
    expect(parseEnvironment({ ...uncommented, AUTH_SECRET: TEST_ENVIRONMENT.AUTH_SECRET })).toMatchObject({ ok: true });
  });
});
