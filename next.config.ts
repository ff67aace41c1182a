import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // A page's answer is for one person and changes from one moment to the next: an ETag would only cost.
  generateEtags: false,
  images: { unoptimized: true },
  // The last one: it renders with react-dom/server, which a bundle for Server Components must not contain.
  serverExternalPackages: [
    "pg",
    "pino",
    "nodemailer",
    "undici",
    "ioredis",
    "rate-limiter-flexible",
    "@react-email/render",
  ],
  // A picture of 5 MB (features/avatar/policy.ts) and what a form adds. Whatever is larger never reaches an action.
  experimental: {
    serverActions: { bodySizeLimit: "6mb" },
    // Sixty pages and routes are loaded when somebody asks for them, not all at the start.
    preloadEntriesOnStart: false,
  },
  // The type check is a step of `npm run check`; a build shouldn't do it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
