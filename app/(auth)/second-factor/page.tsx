import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { getSession } from "@/app/_request/session";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { findChallenge } from "@/features/second-factor/complete-challenge";
import { hasSecondFactor } from "@/features/second-factor/data";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { AuthCard } from "../auth-card";
import { SecondFactorForm } from "./second-factor-form";
import { UsePasskey } from "./use-passkey";

export const metadata: Metadata = { title: "Second step", robots: { index: false } };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const callbackUrl = safeCallbackPath(query["callbackUrl"]);
  const byRecoveryCode = query["with"] === "recovery-code";
  const challenge = await findChallenge((await cookies()).get(challengeCookieName())?.value, systemClock());
  const session = challenge ? null : await getSession();
  if (session && (session.session.aal >= 2 || !(await hasSecondFactor(session.user.id)))) redirect(callbackUrl);
  const otherWay = { callbackUrl, ...(byRecoveryCode ? {} : { with: "recovery-code" }) };

  if (!challenge && !session) {
    return (
      <AuthCard
        title="Sign in again"
        intro="There is no sign-in waiting for its second step in this browser. It waits for five minutes, and ends after five wrong codes."
      >
        <LinkButton href={{ pathname: "/sign-in", query: { callbackUrl } }} wide>
          Go to sign in
        </LinkButton>
      </AuthCard>
    );
  }
  const asked = challenge?.userId ?? session?.user.id;
  const hasPasskey = asked !== undefined && (await findSignInMethods(asked)).passkeys > 0;
  return (
    <AuthCard
      title={byRecoveryCode ? "Use a recovery code" : "Enter your code"}
      intro={byRecoveryCode ? RECOVERY_INTRO : APP_INTRO}
      footer={
        <>
          Out of reach?{" "}
          <TextLink href={{ pathname: "/second-factor", query: otherWay }}>
            {byRecoveryCode ? "Use your authenticator app" : "Use a recovery code"}
          </TextLink>
        </>
      }
    >
      <SecondFactorForm
        key={String(byRecoveryCode)}
        callbackUrl={callbackUrl}
        byRecoveryCode={byRecoveryCode}
        mayTrust={challenge !== null}
      />
      {hasPasskey && <UsePasskey callbackUrl={callbackUrl} />}
    </AuthCard>
  );
}

const APP_INTRO = "Open your authenticator app and type the six digits that it shows for this site.";
const RECOVERY_INTRO = "One of the ten codes that you kept when you turned two-step sign-in on. Each works once.";
