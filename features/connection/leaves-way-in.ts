import type { SignInMethods } from "@/features/account/data";
import { countSignInMethods } from "@/features/account/sign-in-methods";

/** Whether a person can still sign in after one identity at this provider is disconnected (A59). */
export function leavesWayIn(methods: SignInMethods, provider: string): boolean {
  const index = methods.providers.indexOf(provider);
  const providers = methods.providers.filter((_, position) => position !== index);
  return countSignInMethods({ ...methods, providers }) > 0;
}
