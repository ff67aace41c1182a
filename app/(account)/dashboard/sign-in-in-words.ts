/** Says how somebody proved who they are, from the `amr` of their session (RFC 8176, and provider ids). */
export function describeMethod(methods: readonly string[]): string {
  if (methods.includes("pwd")) return "With your password";
  return "Through another account of yours";
}

/** Says what an authenticator assurance level means (NIST SP 800-63B-4). */
export function describeAssurance(level: number): string {
  return level >= 2 ? "Two factors" : "One factor";
}
