/**
 * Writes providers/catalogue.ts and lib/provider-ids.ts from the providers that the installed next-auth brings.
 * Run `npm run generate` after an upgrade of next-auth.
 */
import { readdirSync, writeFileSync } from "node:fs";

/** Not OAuth or OpenID Connect: passwords, mail links, passkeys, which Latchkey does itself. */
const NOT_OAUTH = new Set([
  "credentials",
  "email",
  "forwardemail",
  "loops",
  "mailgun",
  "nodemailer",
  "passkey",
  "postmark",
  "resend",
  "sendgrid",
  "webauthn",
]);

/** Ids of all OAuth and OpenID Connect providers of the installed next-auth, sorted. */
export function installedProviderIds(root: string): string[] {
  return readdirSync(`${root}/node_modules/next-auth/providers`)
    .filter((name) => name.endsWith(".js"))
    .map((name) => name.slice(0, -".js".length))
    .filter((id) => id !== "index" && id !== "oauth-types" && id !== "oauth" && id !== "provider-types")
    .filter((id) => !NOT_OAUTH.has(id))
    .sort();
}

/** Rewrites both files below `root`. */
export function generateProviderCatalogue(root: string): void {
  const ids = installedProviderIds(root);
  const header = "// Written by scripts/generate-provider-catalogue.ts from the installed next-auth. Do not edit.\n\n";
  writeFileSync(
    `${root}/lib/provider-ids.ts`,
    `${header}/** Every OAuth and OpenID Connect provider that Auth.js knows by name. */\nexport const PROVIDER_IDS = [\n${ids.map((id) => `  ${JSON.stringify(id)},\n`).join("")}] as const;\n\nexport type ProviderId = (typeof PROVIDER_IDS)[number];\n`,
  );
  writeFileSync(
    `${root}/providers/catalogue.ts`,
    `${header}import type { Provider } from "next-auth/providers";\n\nimport type { ProviderId } from "@/lib/provider-ids";\n\n/** Loads one provider's module; only those that the environment enables are ever loaded. */\nexport const PROVIDER_CATALOGUE: Record<ProviderId, () => Promise<{ default: (options: never) => Provider }>> = {\n${ids.map((id) => `  ${/^[a-z][a-z0-9]*$/.test(id) ? id : JSON.stringify(id)}: () => import("next-auth/providers/${id}"),\n`).join("")}};\n`,
  );
}
