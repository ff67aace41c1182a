import { PrismaAdapter } from "@auth/prisma-adapter";
import { cookies, headers } from "next/headers";
import type { NextRequest } from "next/server";
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cache } from "react";

import { ROLES, type Role } from "@/access";
import { originOf } from "@/features/audit/request-origin";
import { checkSession } from "@/features/session/check-session";
import { continueToken } from "@/features/session/continue-token";
import { endSession } from "@/features/session/end-session";
import { describeBrowserSession, type LatchkeySession } from "@/features/session/session";
import { SessionClaimsSchema } from "@/features/session/session-claims";
import {
  openSessionCookie,
  sealSessionCookie,
  sessionCookieAttributes,
  sessionCookieName,
} from "@/features/session/session-cookie";
import { safeSitePath } from "@/features/sign-in/safe-callback-path";
import { SignInFormSchema } from "@/features/sign-in/schema";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { systemClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { env } from "@/lib/env/env";
import { Failure } from "@/lib/failure";
import { accountAdapter } from "@/providers/account-adapter";
import { admitSignIn } from "@/providers/admit-sign-in";
import { beginToken } from "@/providers/begin-token";
import { configuredProviders } from "@/providers/enabled-providers";
import { flowOf } from "@/providers/end-flow";
import { explainFailures, loggerOf } from "@/providers/explain-failures";
import { flowHandlers } from "@/providers/flow-handlers";
import { signInThroughFlows } from "@/providers/sign-in";

/** Who is signed in and how, with the roles of `access.ts`: what `auth()`, `requireSession()` and `useSession()` give. */
export type Session = LatchkeySession<Role>;

// Where `useSession` takes the type from: next-auth only passes the name on, and what is added to that reaches nobody.
declare module "@auth/core/types" {
  interface Session extends Omit<LatchkeySession<Role>, "user" | "expires"> {
    user: LatchkeySession<Role>["user"];
  }
}

declare module "next-auth" {
  interface User {
    /** Whether the person asked to stay signed in when the browser closes. */
    remember?: boolean;
    /** Which password they proved to know, if they did. */
    passwordVersion?: Date | null;
  }
}

const origin = async () => originOf(await headers());

/** E-mail and password. A refusal carries its code to whoever called `signIn`. */
class SignInRefused extends CredentialsSignin {
  constructor(code: string) {
    super();
    this.code = code;
  }
}

const password = Credentials({
  credentials: { email: { type: "email" }, password: { type: "password" }, remember: {} },
  async authorize(unverifiedInput) {
    const input = SignInFormSchema.safeParse(unverifiedInput);
    if (!input.success) throw new SignInRefused("invalid_input");
    const signedIn = await signInWithPassword(input.data, systemClock(), await origin()).catch(() => {
      throw new SignInRefused("temporarily_unavailable");
    });
    if (!signedIn.ok) throw new SignInRefused(signedIn.refusal);
    const { userId: id, email, name, image, passwordVersion } = signedIn.value;
    return { id, email, name, image, passwordVersion, remember: input.data.remember };
  },
});

/**
 * THE configuration. Providers come from the environment: `AUTH_GITHUB_ID` and `AUTH_GITHUB_SECRET` make the button appear,
 * `AUTH_OIDC_<NAME>_ISSUER/_ID/_SECRET/_LABEL` adds any OpenID Connect issuer. Lifetimes do too: see `.env.example`.
 */
async function configuration(request?: NextRequest): Promise<NextAuthConfig> {
  return {
    adapter: accountAdapter(PrismaAdapter(db())),
    providers: [password, ...(await configuredProviders())],
    secret: [...env().AUTH_SECRET],
    // Checked at the start: links and redirects are made from AUTH_URL, never from a Host header.
    trustHost: true,
    pages: { signIn: "/sign-in", error: "/auth-error" },
    session: { strategy: "jwt", maxAge: env().SESSION_ABSOLUTE_TTL },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: sessionCookieAttributes({ remember: false, abs: 0 }) },
    },
    jwt: {
      encode: ({ token }) => sealSessionCookie(SessionClaimsSchema.parse(token)),
      decode: ({ token }) => openSessionCookie(token, systemClock()),
    },
    callbacks: {
      signIn: (attempt) => admitSignIn(attempt, flowOf(request)),
      jwt: ({ token, user, account }) => (account ? beginToken(user, account) : continueToken(token, systemClock())),
      session: ({ token }) => describeBrowserSession(SessionClaimsSchema.parse(token), ROLES, systemClock()),
      redirect: ({ url }) => new URL(safeSitePath(url, env().AUTH_URL.origin), env().AUTH_URL).href,
    },
    events: {
      signOut: async (message) => {
        const claims = "token" in message ? SessionClaimsSchema.safeParse(message.token).data : undefined;
        if (claims) await endSession(claims, "signed_out", systemClock(), await origin());
      },
    },
    logger: loggerOf(request),
  };
}

const authJs = NextAuth(configuration);
const authHandlers = explainFailures(authJs.handlers);

/** Ends the session and forgets its cookie. Only in a server action; `app/_request/sign-out.ts` signs out at the provider too. */
export const { signOut } = authJs;
/** What answers `/api/auth/*`. */
export const handlers = flowHandlers(authHandlers);
/** Signs in by password or begins a provider's flow, as Auth.js's `signIn` does. Only in a server action. */
export const signIn = signInThroughFlows(authHandlers, authJs.signIn);

/**
 * Who is signed in, from the session cookie: in server components, route handlers and server actions. Looks once a render.
 *
 * @throws Failure `session_unavailable` when the database is away for longer than may be overlooked (S10).
 */
export const auth = cache(async (): Promise<Session | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const requestHeaders = await headers();
  const check = await checkSession(cookie, {
    now: systemClock(),
    mayRotate: false,
    get origin() {
      return originOf(requestHeaders);
    },
  });
  if (check.state === "unavailable") throw new Failure("session_unavailable", "The session can't be checked just now.");
  return check.state === "live" ? describeBrowserSession(check.claims, ROLES, systemClock()) : null;
});
