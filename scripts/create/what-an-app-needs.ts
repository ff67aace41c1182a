/** What a new app gets: everything under these, as far as git knows it. */
export const COPIED = [
  ...["app", "components", "features", "lib", "messages", "prisma", "providers", "public", "scripts"],
  ...["access.ts", "auth.ts", "brand.ts", "instrumentation.ts", "middleware.ts", "next.config.ts"],
  ...["package.json", "package-lock.json", "postcss.config.mjs", "prisma.config.ts", "tsconfig.json", "biome.json"],
  ...[".dockerignore", ".editorconfig", ".env.example", ".gitignore", ".npmrc", "Dockerfile", "LICENSE"],
] as const;

/** What of it is about this product itself: making it, measuring it, and testing it. */
const LEFT_OUT = [
  ...[
    "scripts/attack.ts",
    "scripts/bench.ts",
    "scripts/check.ts",
    "scripts/test.ts",
    "scripts/development/find-browser.ts",
  ],
  ...["scripts/create.ts", "scripts/create/", "scripts/generate.ts", "scripts/generate-provider-catalogue.ts"],
  ...["scripts/generate-scorecard.ts", "scripts/asvs/"],
] as const;

/** Commands that need what is left out. */
export const COMMANDS_LEFT_OUT: readonly string[] = ["attack", "bench", "check", "create", "generate", "test"];

/** Packages that only those need. */
export const PACKAGES_LEFT_OUT: readonly string[] = [
  ...["@clack/prompts", "@testing-library/jest-dom", "@testing-library/react", "@testing-library/user-event"],
  ...[
    "@formatjs/icu-messageformat-parser",
    "axe-core",
    "csp_evaluator",
    "dependency-cruiser",
    "fast-check",
    "jsdom",
    "knip",
    "playwright-core",
    "recheck",
    "vitest",
  ],
];

/** Whether a file goes into a new app. */
export function isCopied(path: string): boolean {
  return !LEFT_OUT.some((left) => path === left || (left.endsWith("/") && path.startsWith(left)));
}
