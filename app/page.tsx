import type { Metadata } from "next";
import { LanguageChooser } from "@/app/_language/language-chooser";
import { getSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { brand } from "@/brand";
import { CodeBlock } from "@/components/code-block";
import { LinkButton } from "@/components/link-button";
import { LockPlate } from "@/components/lock-plate";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { TextLink } from "@/components/text-link";

const TRUTHS = ["probing", "passwords", "closed"] as const;

const PROTECT_A_PAGE = `import { requireSession } from "@/app/_request/session";

export default async function Reports() {
  const { user } = await requireSession("/reports");

  return <h1>Reports for {user.email}</h1>;
}`;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: { absolute: `${brand.name} · ${t("landing.tagline")}` }, description: t("landing.description") };
}

export default async function LandingPage() {
  const signedIn = (await getSession()) !== null;
  const t = await getTranslations("site");
  return (
    <>
      <SiteHeader>{!signedIn && <TextLink href="/sign-in">{t("landing.signIn")}</TextLink>}</SiteHeader>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-5 pb-16 outline-none sm:px-8">
        <section className="grid items-center gap-12 py-12 sm:py-20 md:grid-cols-[1fr_auto] md:gap-20">
          <div>
            <h1 className="max-w-xl text-4xl leading-[1.1] sm:text-5xl sm:leading-[1.1]">{t("landing.tagline")}</h1>
            <p className="mt-5 max-w-xl text-lg text-muted">{t("landing.description")}</p>
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
        <ul className="grid gap-x-10 gap-y-8 border-t border-border py-12 md:grid-cols-3">
          {TRUTHS.map((truth) => (
            <li key={truth}>
              <h2 className="text-lg leading-snug">{t(`landing.${truth}.title`)}</h2>
              <p className="mt-2 text-[0.9375rem] text-muted">{t(`landing.${truth}.text`)}</p>
            </li>
          ))}
        </ul>
        <section className="grid items-center gap-8 border-t border-border pt-12 md:grid-cols-[2fr_3fr]">
          <div>
            <h2 className="text-2xl leading-tight">{t("landing.guard.title")}</h2>
            <p className="mt-3 text-muted">{t("landing.guard.text")}</p>
          </div>
          <CodeBlock file="app/reports/page.tsx" code={PROTECT_A_PAGE} />
        </section>
      </main>
      <SiteFooter words={await getWords("components")}>
        <LanguageChooser />
      </SiteFooter>
    </>
  );
}
