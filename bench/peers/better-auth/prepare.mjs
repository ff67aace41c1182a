import { getMigrations } from "better-auth/db/migration";
import { auth } from "./auth.mjs";

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
await auth.api.signUpEmail({
  body: { name: "Ada", email: process.env.BENCH_EMAIL, password: process.env.BENCH_PASSWORD },
});
process.exit(0);
