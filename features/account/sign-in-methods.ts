import { env } from "@/lib/env/env";
import type { SignInMethods } from "./data";

/**
 * How many ways in an account has. Whoever takes one away asks first, after `lockSignInMethods` and in the same
 * transaction: the last one stays.
 *
 * A link to a provider that the environment no longer enables opens nothing, so it does not count.
 */
export function countSignInMethods({ password, providers, passkeys }: SignInMethods): number {
  const enabled = new Set(env().providers.map(({ id }) => id));
  return Number(password) + providers.filter((id) => enabled.has(id)).length + passkeys;
}
