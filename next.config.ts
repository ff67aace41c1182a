import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // A page's answer is for one person and changes from one moment to the next: an ETag would only cost.
  generateEtags: false,
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "bcryptjs", "pg", "pino", "nodemailer"],
  // The type check is a step of `npm run check`; a build shouldn't do it again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
