import { betterAuth } from "better-auth";
import pg from "pg";

export const auth = betterAuth({
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  secret: process.env.BETTER_AUTH_SECRET,
  baseURL: process.env.BETTER_AUTH_URL,
  emailAndPassword: { enabled: true },
  // With it a session that was revoked goes on for up to five minutes.
  session: { cookieCache: { enabled: process.env.COOKIE_CACHE === "1", maxAge: 5 * 60 } },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
});
