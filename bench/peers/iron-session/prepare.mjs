import { storePerson } from "../people.mjs";

await storePerson({ email: process.env.BENCH_EMAIL, password: process.env.BENCH_PASSWORD });
