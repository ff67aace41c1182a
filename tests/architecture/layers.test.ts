import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ROOT } from "../support/source-files";

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
}

interface Cruise {
  modules: { source: string }[];
  summary: { violations: Violation[] };
}

const CONFIGURATION = ".dependency-cruiser.cjs";

/** A file that breaks a rule, and what it must not import. */
const PLANTED: [rule: string, file: string, imports: string][] = [
  ["no-circular", "features/a/one.ts", "@/features/a/two"],
  ["not-unresolvable", "features/a/lost.ts", "@/features/a/nowhere"],
  ["not-to-app", "components/page-link.tsx", "@/app/page"],
  ["auth-only-from-app", "features/a/who.ts", "@/auth"],
  ["access-only-from-the-gate", "features/a/may.ts", "@/access"],
  ["providers-only-from-auth", "lib/buttons.ts", "@/providers/catalogue"],
  ["features-below-the-gate", "features/a/field.ts", "@/components/field"],
  ["lib-is-the-floor", "lib/clever.ts", "@/features/a/data"],
  ["components-know-no-domain", "components/name.tsx", "@/features/a/name"],
  ["browser-code-holds-no-secret", "app/sign-in/sign-in-form.tsx", "@/lib/env/env"],
  ["browser-code-holds-no-secret", "components/seal.tsx", "@/lib/crypto/seal"],
  ["browser-code-holds-no-secret", "app/sign-up/sign-up-form.tsx", "@/features/a/data"],
  ["features-read-no-request", "features/a/request.ts", "next/headers"],
  ["features-read-no-request", "lib/session.ts", "next-auth"],
  ["features-read-no-request", "features/a/view.ts", "react"],
  ["features-read-no-request", "features/mail/mail-template.ts", "react"],
  ["features-read-no-request", "features/mail/another-template.tsx", "@react-email/render"],
  ["db-only-from-features", "app/query.ts", "@/lib/db"],
  ["db-only-from-features", "providers/query.ts", "@/lib/db"],
  ["prisma-only-from-data", "features/a/query.ts", "@/lib/generated/client"],
  ["prisma-only-from-data", "app/rows.ts", "@/lib/generated/client"],
  ["scripts-are-not-the-app", "app/start.ts", "@/scripts/start"],
  ["development-only-from-scripts", "app/issuer.ts", "oidc-provider"],
  ["attack-is-a-stranger", "attack/insider.ts", "@/features/a/name"],
  ["attack-is-a-stranger", "attack/seal.ts", "@/lib/crypto/seal"],
  ["nobody-needs-the-attack-kit", "lib/attacker.ts", "@/attack/stranger"],
  ["not-to-test", "features/a/fake.ts", "@/tests/support/fake"],
];

/** What the planted files import, and the uses that the rules must let pass. */
const INNOCENT: Record<string, string> = {
  "access.ts": "export {};",
  "app/actions.ts": 'import "@/auth"; import "@/access"; import "@/providers/catalogue"; import "@/features/a/name";',
  "app/_request/gate.ts": 'import "@/access";',
  "app/page.tsx": 'import "@/components/field"; import "next/headers";',
  "attack/stranger.ts": 'import "@/lib/attack-consent";',
  "auth.ts": 'import "@/access"; import "@/lib/db"; import "@/providers/catalogue";',
  "components/field.tsx": 'import "react";',
  "features/a/data.ts": 'import "@/lib/db"; import "@/lib/generated/client";',
  "features/a/name.ts": 'import "@/features/a/data";',
  "features/a/act.ts": 'import { inTransaction } from "@/lib/db"; export const act = inTransaction;',
  "features/mail/mail-template.tsx": 'import "react"; import "@react-email/render";',
  "features/a/two.ts": 'import "@/features/a/one";',
  "lib/attack-consent.ts": "export {};",
  "lib/crypto/seal.ts": "export {};",
  "lib/db.ts": 'import "@/lib/env/env"; import "@/lib/generated/client";',
  "lib/env/env.ts": "export {};",
  "lib/generated/client.ts": "export {};",
  "middleware.ts": 'import "@/app/_request/gate"; import "@/auth"; import "@/access"; import "next/server";',
  "providers/catalogue.ts": 'import "next-auth";',
  "scripts/development/mailbox.ts": 'import "smtp-server";',
  "scripts/start.ts": 'import "@/lib/db"; import "@/scripts/development/mailbox";',
  "tests/support/fake.ts": 'import "@/lib/db"; import "@/auth"; import "@/app/page";',
};

async function cruise(folder: string): Promise<Cruise> {
  const program = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const command = [program, "--config", CONFIGURATION, "--output-type", "json", "."];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder, maxBuffer: 2 ** 28 }).catch(
    // Each violation counts into the exit code; the report is printed all the same.
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? "" }),
  );
  return JSON.parse(stdout) as Cruise;
}

describe("the layers", () => {
  let folder: string;
  let planted: Cruise;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "latchkey-layers-"));
    for (const file of [CONFIGURATION, "tsconfig.json", "package.json"])
      copyFileSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const breaking = PLANTED.map(([, file, imports]) => [file, `import "${imports}";`] as const);
    for (const [file, content] of [...Object.entries(INNOCENT), ...breaking]) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    planted = await cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PLANTED)("%s: %s may not import %s", (rule, file) => {
    const fired = planted.summary.violations.filter((violation) => violation.from === file);

    expect(fired.map((violation) => violation.rule.name)).toContain(rule);
  });

  it("let pass what they should", () => {
    const guilty = new Set(PLANTED.map(([, file]) => file));
    const innocent = planted.summary.violations.filter(
      ({ from, rule }) => !guilty.has(from) && rule.name !== "no-circular",
    );

    expect(innocent).toEqual([]);
  });

  it("have no rule that was never seen to fire", () => {
    const { forbidden } = createRequire(import.meta.url)(join(ROOT, CONFIGURATION)) as {
      forbidden: { name: string }[];
    };

    expect([...new Set(PLANTED.map(([rule]) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  it("hold in this repository, whose TypeScript files were read", async () => {
    const { modules, summary } = await cruise(ROOT);

    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(["lib/env/env.ts", "lib/db.ts"]));
  });
});
