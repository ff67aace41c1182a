import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { getSession, sessionCookieValue } from "@/app/_request/session";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { explainEnd, type SessionEnd } from "@/features/session-overview/explain-end";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { AuthCard } from "../auth-card";
import { isAuthErrorCode } from "../auth-error/explanations";
import { ProviderButtons } from "../provider-buttons";
import { TermsLine } from "../terms-line";
import { EndNotice } from "./end-notice";
import { isSignInRefusal, signInSentence } from "./sentences";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const callbackUrl = safeCallbackPath(query["callbackUrl"]);
  // Auth.js sends what a provider refused here; it has a page of its own, with room to explain.
  if (isAuthErrorCode(query["error"])) redirect(`/auth-error?error=${query["error"]}`);
  if (await getSession()) redirect(callbackUrl);

  const end = await explainEnd(await sessionCookieValue(), systemClock());

  return (
    <AuthCard
      title="Sign in"
      intro="Good to see you again."
      footer={
        <>
          New here?{" "}
          <TextLink href={{ pathname: "/sign-up", query: withCallback(query["callbackUrl"], callbackUrl) }}>
            Create an account
          </TextLink>
        </>
      }
    >
      <SignInForm callbackUrl={callbackUrl} notice={<Notice query={query} callbackUrl={callbackUrl} end={end} />}>
        <ProviderButtons
          callbackUrl={callbackUrl}
          note={<TermsLine by="If you are new, continuing creates an account:" />}
        />
      </SignInForm>
      {env().MAGIC_LINK === "on" && (
        <LinkButton
          variant="secondary"
          wide
          href={{ pathname: "/magic-link", query: withCallback(query["callbackUrl"], callbackUrl) }}
        >
          Mail me a sign-in link
        </LinkButton>
      )}
    </AuthCard>
  );
}

/** The destination goes along to the neighbouring page only when somebody asked for one. */
function withCallback(asked: unknown, callbackUrl: string): { callbackUrl?: string } {
  return asked === undefined ? {} : { callbackUrl };
}

function Notice({ query, callbackUrl, end }: { query: Query; callbackUrl: string; end: SessionEnd | null }) {
  const code = query["code"] ?? query["error"];
  if (isSignInRefusal(code)) return <FormMessage tone="danger">{signInSentence(code)}</FormMessage>;
  if (query["verified"] === "1") {
    return <FormMessage tone="success">Your e-mail address is confirmed. You can sign in now.</FormMessage>;
  }
  if (query["password"] === "reset") {
    return (
      <FormMessage tone="success">
        Your new password is set, and you are signed out everywhere. Sign in with it.
      </FormMessage>
    );
  }
  if (query["reported"] === "1") {
    return (
      <FormMessage tone="success">
        All sessions of your account have ended. Sign in again, and we go through what else to secure. If your password
        no longer works, reset it.
      </FormMessage>
    );
  }
  if (callbackUrl === "/link-account") {
    return <FormMessage tone="info">Sign in as you did before. The next step connects the two.</FormMessage>;
  }
  if (query["deletion"] === "requested") {
    return (
      <FormMessage tone="info">
        Your account is due for deletion, and you are signed out everywhere. We have mailed you the date: until then,
        signing in lets you keep it.
      </FormMessage>
    );
  }
  if (query["signed-out"] === "1") return <FormMessage tone="info">You are signed out.</FormMessage>;
  return end && <EndNotice end={end} />;
}
