import { vi } from "vitest";

/** Loads the password feature anew, as a process would that was started with these variables. */
export async function withEnvironment(variables: { AUTH_SECRET?: string; PASSWORD_HASH?: "bcrypt" | "argon2id" }) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  const [{ hashPassword }, { verifyPassword }, { keysFor }, { log }] = await Promise.all([
    import("@/features/password/hash-password"),
    import("@/features/password/verify-password"),
    import("@/lib/crypto/keys"),
    import("@/lib/log"),
  ]);
  log.level = "silent";
  // The configuration is read now, so that the stubs may go.
  const keyId = keysFor("password-pepper")[0].id;
  vi.unstubAllEnvs();
  return { hashPassword, verifyPassword, keyId };
}
