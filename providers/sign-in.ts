import { cookies, headers } from "next/headers";
import { redirect as redirectTo } from "next/navigation";
import type { NextAuthResult } from "next-auth";

import { type AuthHandlers, beginFlow } from "./begin-flow";
import { configuredProvider } from "./configured-provider";

type SignIn = NextAuthResult["signIn"];

/**
 * Auth.js's `signIn` for server actions, with a flow of its own for each OAuth and OpenID Connect sign-in.
 *
 * @param signIn - Auth.js's, for everything else.
 */
export function signInThroughFlows(handlers: AuthHandlers, signIn: SignIn): SignIn {
  const begin = async (...[provider, options = {}, parameters = {}]: Parameters<SignIn>): Promise<string> => {
    if (!provider || !(await configuredProvider(provider))) return signIn(provider, options, parameters);
    const fields = options instanceof FormData ? Object.fromEntries(options) : options;
    const jar = await cookies();
    const answer = await beginFlow(handlers, {
      provider,
      callbackPath: String(fields.redirectTo ?? (await headers()).get("referer") ?? "/"),
      parameters: Object.fromEntries(new URLSearchParams(parameters)),
      presented: jar.getAll().map(({ name }) => name),
    });
    // The token that Auth.js's own forms carry was made for this one call.
    for (const cookie of answer.cookies.getAll()) if (!cookie.name.endsWith("csrf-token")) jar.set(cookie);
    const address = answer.headers.get("location") ?? "/auth-error";
    return options instanceof FormData || fields.redirect !== false ? redirectTo(address) : address;
  };
  return begin as SignIn;
}
