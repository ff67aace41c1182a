/** A complete, valid configuration for tests. Nothing listens at its addresses until a test puts something there. */
export const TEST_ENVIRONMENT = {
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
  AUTH_SECRET: "only-for-tests-7Vb2kQ9xLm4Zt8Rw1Yc6",
  AUTH_URL: "http://localhost:3000",
  EMAIL_SERVER: "smtp://127.0.0.1:1",
  EMAIL_FROM: "Latchkey <no-reply@latchkey.example>",
} as const satisfies Record<string, string>;

/** What servers are given that the attack kit may attack, and the kit. */
export const ATTACK_SECRET = "only-for-tests-Kq3vT8mZ5rWx1Lb9Yd2Hs";
