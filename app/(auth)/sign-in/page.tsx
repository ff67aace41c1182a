import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";

import { getSession, sessionCookieValue } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { Marked } from "@/components/marked";
import { TextLink } from "@/components/text-link";
import { presentedDeviceToken } from "@/features/known-device/device-cookie";
import { knownPerson } from "@/features/known-device/known-person";
import { explainEnd, type SessionEnd } from "@/features/session-overview/explain-end";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { AuthCard } from "../auth-card";
import { isAuthErrorCode } from "../auth-error/explanations";
import { ProviderButtons } from "../provider-buttons";
import { TermsLine } from "../terms-line";
import { EndNotice } from "./end-notice";
import { KnownPersonGreeting } from "./known-person-greeting";
import { isSignInRefusal, signInSentence } from "./sentences";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn.title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const callbackUrl = safeCallbackPath(query["callbackUrl"]);
  // Auth.js sends what a provider refused here; it has a page of its own, with room to explain.
  if (isAuthErrorCode(query["error"])) redirect(`/auth-error?error=${query["error"]}`);
  // Whose session is about to end begins another in its place.
  if (query["again"] !== "1" && (await getSession())) redirect(callbackUrl);

  const t = await getTranslations("auth");
  const end = await explainEnd(await getTranslations("account"), await sessionCookieValue(), systemClock());
  const person = await knownPerson(presentedDeviceToken(await headers()));
  const carried = carriedQuery(query["callbackUrl"], callbackUrl);
  const lastUsed = (method: string) => (person?.method === method ? t("signIn.lastUsed") : null);

  return (
    <AuthCard
      title={t("signIn.title")}
      intro={person ? <KnownPersonGreeting name={person.name ?? person.email} /> : t("signIn.intro")}
      footer={t.rich("signIn.newHere", {
        signUp: (text) => <TextLink href={`/sign-up${carried}`}>{text}</TextLink>,
      })}
    >
      <SignInForm
        words={await getWords("auth.signIn.form")}
        passkeyWords={await getWords("auth.passkeys")}
        resendWords={await getWords("auth.verifyEmail.resend")}
        callbackUrl={callbackUrl}
        email={person?.email ?? ""}
        lastUsed={{ password: lastUsed("password"), passkey: lastUsed("passkey") }}
        notice={<Notice query={query} callbackUrl={callbackUrl} end={end} />}
      >
        <ProviderButtons callbackUrl={callbackUrl} lastUsed={lastUsed} note={<TermsLine page="signIn" />} />
      </SignInForm>
      {env().MAGIC_LINK === "on" && (
        <Marked mark={lastUsed("magic_link")}>
          <LinkButton variant="secondary" wide href={`/magic-link${carried}`}>
            {t("signIn.mailLink")}
          </LinkButton>
        </Marked>
      )}
    </AuthCard>
  );
}

/** The destination goes along to the neighbouring page only when somebody asked for one. */
function carriedQuery(asked: unknown, callbackUrl: string): string {
  return asked === undefined ? "" : `?callbackUrl=${encodeURIComponent(callbackUrl)}`;
}

async function Notice({ query, callbackUrl, end }: { query: Query; callbackUrl: string; end: SessionEnd | null }) {
  const t = await getTranslations("auth");
  const code = query["code"] ?? query["error"];
  if (isSignInRefusal(code)) return <FormMessage tone="danger">{await signInSentence(code)}</FormMessage>;
  const said = messageFor(query, callbackUrl);
  if (said) return <FormMessage tone={said.tone}>{t(`signIn.notices.${said.key}`)}</FormMessage>;
  return end && <EndNotice end={end} />;
}

/** What the page before this one has done, and says here. */
function messageFor(query: Query, callbackUrl: string) {
  if (query["verified"] === "1") return { tone: "success", key: "verified" } as const;
  if (query["password"] === "reset") return { tone: "success", key: "passwordReset" } as const;
  if (query["reported"] === "1") return { tone: "success", key: "reported" } as const;
  if (callbackUrl === "/link-account") return { tone: "info", key: "linkAccount" } as const;
  if (query["deletion"] === "requested") return { tone: "info", key: "deletionRequested" } as const;
  return query["signed-out"] === "1" ? ({ tone: "info", key: "signedOut" } as const) : null;
}
