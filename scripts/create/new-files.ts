import { randomBytes } from "node:crypto";

import { brand } from "@/brand";
import { type Choices, packageName } from "./choices";

const SECRET_BYTES = 33;
const variableOf = (id: string) => `AUTH_${id.toUpperCase().replaceAll("-", "_")}`;

/** brand.ts of the new app. */
export function brandSource({ name, accent }: Choices): string {
  const { radius, mark, legal } = brand;
  return `/**
 * What makes the product yours, on pages, in mails and in titles: change it here. The next start or build writes
 * \`app/theme.css\` and \`app/icon.svg\` from it. Every other colour is in \`app/globals.css\`.
 */
export const brand = {
  name: "${name}",
  /** \`#rrggbb\`. What goes with it in both themes follows from it; one that can't be read (WCAG 2.2 AA) is refused. */
  accent: "${accent.toLowerCase()}",
  /** How round corners are. */
  radius: { control: "${radius.control}", card: "${radius.card}" },
  /** The mark beside the name, as the path of an SVG of 32 by 32. */
  mark: "${mark}",
  tagline: "Welcome to ${name}.",
  description: "Sign in to ${name}, or make an account.",
  /** Where to read what people agree to when they sign up; its version is in features/terms/policy.ts. The footer of every page leads there, too. */
  legal: { terms: "${legal.terms}", privacy: "${legal.privacy}" },
  /** Shown in the footer of every page. */
  links: [],
} as const;
`;
}

/** .env.local of the new app: a secret of its own, and the chosen providers' variables, to be filled in. */
export function localEnvironment({ providers }: Choices): string {
  const variables = providers.flatMap((id) => [
    `# Redirect URI to register: http://localhost:3000/api/auth/callback/${id}`,
    `${variableOf(id)}_ID=`,
    `${variableOf(id)}_SECRET=`,
  ]);
  const secret = randomBytes(SECRET_BYTES).toString("base64");
  return ["# For this machine only. Git ignores it.", `AUTH_SECRET="${secret}"`, ...variables, ""].join("\n");
}

/** README.md of the new app. */
export function readme({ name, providers }: Choices): string {
  const chosen = providers.map(
    (id) =>
      `- ${id}: register \`AUTH_URL/api/auth/callback/${id}\` there, set \`${variableOf(id)}_ID\` and \`${variableOf(id)}_SECRET\``,
  );
  return `# ${name}

\`\`\`
npm start          # on http://localhost:3000, with a database, a mailbox and a stand-in for Google; needs Node 20.19 or newer
npm run dev        # the same with hot reload
npm run doctor     # what is wrong with the set-up, and what mends it
npm run check      # format, lint and types
\`\`\`

## Make it yours

- \`brand.ts\`: name, accent, corners, mark, and the links to terms and privacy. \`app/page.tsx\` is the first page.
- \`app/(legal)/\`: your terms and your privacy notice. Both are drafts with [gaps] to fill.
- \`access.ts\`: who may enter what. What no row names is refused. \`auth.ts\`: how people sign in.

## Providers

${chosen.length > 0 ? `${chosen.join("\n")}\n\nLocally in \`.env.local\`, which has the lines ready. A button appears once both are set.` : "None chosen yet: two variables enable one, see `.env.example`."}

## Run it for real

\`\`\`
npm run build
npm run migrate   # brings DATABASE_URL to the current schema
npm run serve     # configured by the environment alone: .env.example
\`\`\`

Made from Latchkey, MIT licensed. Its guides are in the \`docs/\` folder there; comments here point to them.
`;
}

/** app/page.tsx of the new app: its first page says nothing of ours. */
export const LANDING_PAGE = `import { getSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { brand } from "@/brand";
import { LinkButton } from "@/components/link-button";
import { LockPlate } from "@/components/lock-plate";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { TextLink } from "@/components/text-link";

export default async function LandingPage() {
  const signedIn = (await getSession()) !== null;
  const t = await getTranslations("site");
  return (
    <>
      <SiteHeader>{!signedIn && <TextLink href="/sign-in">{t("landing.signIn")}</TextLink>}</SiteHeader>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-5 pb-16 outline-none sm:px-8">
        <section className="grid items-center gap-12 py-12 sm:py-20 md:grid-cols-[1fr_auto] md:gap-20">
          <div>
            <h1 className="max-w-xl text-4xl leading-[1.1] sm:text-5xl sm:leading-[1.1]">{brand.tagline}</h1>
            <p className="mt-5 max-w-xl text-lg text-muted">{brand.description}</p>
            <div className="mt-8 flex flex-wrap gap-3">
              {signedIn ? (
                <LinkButton href="/dashboard">{t("landing.dashboard")}</LinkButton>
              ) : (
                <>
                  <LinkButton href="/sign-up">{t("landing.signUp")}</LinkButton>
                  <LinkButton href="/sign-in" variant="secondary">
                    {t("landing.signIn")}
                  </LinkButton>
                </>
              )}
            </div>
          </div>
          <LockPlate />
        </section>
      </main>
      <SiteFooter />
    </>
  );
}
`;

/** package.json of the new app: its own name, and no command that points at what was left out. */
export function packageSource(source: string, { name }: Choices, commandsLeftOut: readonly string[]): string {
  const ours = JSON.parse(source) as { scripts: Record<string, string>; description?: string; license?: string };
  // By what they run: `test:long` runs `test`, too.
  const kept = Object.entries(ours.scripts).filter(
    ([, line]) => !commandsLeftOut.includes(/scripts\/run\.mjs (\S+)/.exec(line)?.[1] ?? ""),
  );
  const scripts = { ...Object.fromEntries(kept), check: "biome check . && next typegen && tsc --noEmit" };
  // Neither describes the new app; what of it is MIT licensed, LICENSE says.
  const { description: _description, license: _license, ...rest } = ours;
  return `${JSON.stringify({ ...rest, name: packageName(name), scripts }, null, 2)}\n`;
}
