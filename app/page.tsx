import { getSession } from "@/app/_request/session";
import { brand } from "@/brand";
import { CodeBlock } from "@/components/code-block";
import { LinkButton } from "@/components/link-button";
import { LockPlate } from "@/components/lock-plate";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { TextLink } from "@/components/text-link";

const TRUTHS = [
  {
    title: "Nobody can probe for accounts",
    text: "A new address, a known one, a wrong password: each gets the same answer after the same work. An account exists only once its e-mail address is proven.",
  },
  {
    title: "Passwords are kept, not just hashed",
    text: "Slow hashes away from the requests, no silent cut at 72 bytes, the most common passwords refused, and none ever written to a log.",
  },
  {
    title: "Closed unless you opened it",
    text: "One table says who may enter what. A route that it doesn't name is refused, and every page asks again, close to the data.",
  },
];

const PROTECT_A_PAGE = `import { requireSession } from "@/app/_request/session";

export default async function Reports() {
  const { user } = await requireSession("/reports");

  return <h1>Reports for {user.email}</h1>;
}`;

export default async function LandingPage() {
  const signedIn = (await getSession()) !== null;
  return (
    <>
      <SiteHeader>{!signedIn && <TextLink href="/sign-in">Sign in</TextLink>}</SiteHeader>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-5 pb-16 outline-none sm:px-8">
        <section className="grid items-center gap-12 py-12 sm:py-20 md:grid-cols-[1fr_auto] md:gap-20">
          <div>
            <h1 className="max-w-xl text-4xl leading-[1.1] sm:text-5xl sm:leading-[1.1]">{brand.tagline}</h1>
            <p className="mt-5 max-w-xl text-lg text-muted">{brand.description}</p>
            <div className="mt-8 flex flex-wrap gap-3">
              {signedIn ? (
                <LinkButton href="/dashboard">Open your dashboard</LinkButton>
              ) : (
                <>
                  <LinkButton href="/sign-up">Create account</LinkButton>
                  <LinkButton href="/sign-in" variant="secondary">
                    Sign in
                  </LinkButton>
                </>
              )}
            </div>
          </div>
          <LockPlate />
        </section>
        <ul className="grid gap-x-10 gap-y-8 border-t border-border py-12 md:grid-cols-3">
          {TRUTHS.map(({ title, text }) => (
            <li key={title}>
              <h2 className="text-lg leading-snug">{title}</h2>
              <p className="mt-2 text-[0.9375rem] text-muted">{text}</p>
            </li>
          ))}
        </ul>
        <section className="grid items-center gap-8 border-t border-border pt-12 md:grid-cols-[2fr_3fr]">
          <div>
            <h2 className="text-2xl leading-tight">One line guards a page</h2>
            <p className="mt-3 text-muted">
              Whoever isn't signed in is sent to sign in, and comes back to where they were going.
            </p>
          </div>
          <CodeBlock file="app/reports/page.tsx" code={PROTECT_A_PAGE} />
        </section>
      </main>
      <SiteFooter />
    </>
  );
}
