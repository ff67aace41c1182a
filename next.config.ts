import type { NextConfig } from "next";

const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** On every response. The Content-Security-Policy differs from page to page: see app/_request/security-headers.ts. */
const SECURITY_HEADERS = {
  // Browsers heed it over https alone, so that it does no harm on a developer's machine.
  "Strict-Transport-Security": `max-age=${TWO_YEARS_SECONDS}; includeSubDomains`,
  "X-Content-Type-Options": "nosniff",
  // Not no-referrer, which also takes the Origin header from this site's own forms.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()",
};

const config: NextConfig = {
  poweredByHeader: false,
  // A page's answer is for one person and changes from one moment to the next: an ETag would only cost.
  generateEtags: false,
  images: { unoptimized: true },
  // The last one: it renders with react-dom/server, which a bundle for Server Components must not contain.
  serverExternalPackages: ["pg", "pino", "nodemailer", "@react-email/render"],
  // A picture of 5 MB (features/avatar/policy.ts) and what a form adds. Whatever is larger never reaches an action.
  experimental: { serverActions: { bodySizeLimit: "6mb" } },
  // The type check is a step of `npm run check`; a build shouldn't do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};

export default config;
