/** The words of the product that are the same on every page. Change them here to make it yours; colours are in `app/globals.css`. */
export const brand = {
  name: "Latchkey",
  tagline: "Sign-in for your Next.js app, finished.",
  description:
    "A complete authentication application for Next.js: accounts, verified e-mail addresses, providers and sessions that end when you end them.",
  /** What people agree to when they sign up; its version is in features/terms/policy.ts. Shown in the footer of every page, too. */
  legal: {
    terms: { label: "Terms", href: "/terms" },
    privacy: { label: "Privacy", href: "/privacy" },
  },
  /** Shown in the footer of every page. */
  links: [
    { label: "Auth.js", href: "https://authjs.dev" },
    { label: "Next.js", href: "https://nextjs.org" },
    { label: "NIST SP 800-63B", href: "https://pages.nist.gov/800-63-4/sp800-63b.html" },
  ],
} as const;
