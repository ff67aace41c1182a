/**
 * What makes the product yours, on pages, in mails and in titles: change it here. The next start or build, or `npm run generate`,
 * writes `app/theme.css` and `app/icon.svg` from it. Every other colour is in `app/globals.css`.
 */
export const brand = {
  /** In titles, on pages and in mails, and what an authenticator app shows beside its codes. */
  name: "Latchkey",
  /** `#rrggbb`. What goes with it in both themes follows from it; one that can't be read (WCAG 2.2 AA) is refused. */
  accent: "#0d5266",
  /** How round corners are. */
  radius: { control: "0.625rem", card: "1rem" },
  /** The mark beside the name, as the path of an SVG of 32 by 32. */
  mark: "M16 7a5 5 0 0 1 2.4 9.4L20.4 25h-8.8l2-8.6A5 5 0 0 1 16 7Z",
  /** For titles and search engines. The first page says its own, in each language: `landing` in `messages/<language>/site.json`. */
  tagline: "Sign-in for your Next.js app, finished.",
  /** What search engines show. */
  description:
    "A complete authentication application for Next.js: accounts, verified e-mail addresses, providers and sessions that end when you end them.",
  /** Where to read what people agree to when they sign up; its version is in features/terms/policy.ts. The footer of every page leads there, too. */
  legal: { terms: "/terms", privacy: "/privacy" },
  /** Shown in the footer of every page. */
  links: [
    { label: "Auth.js", href: "https://authjs.dev" },
    { label: "Next.js", href: "https://nextjs.org" },
    { label: "NIST SP 800-63B", href: "https://pages.nist.gov/800-63-4/sp800-63b.html" },
  ],
} as const;
