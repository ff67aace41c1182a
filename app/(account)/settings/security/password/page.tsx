import type { Metadata } from "next";

import { requireStepUp } from "@/app/_request/session";
import { getWords } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { SET_PASSWORD_MAX_AGE_SECONDS } from "@/features/password-change/policy";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { epochSeconds, systemClock } from "@/lib/clock";
import { PasswordForm } from "./password-form";

export const metadata: Metadata = { title: "Password" };

const PAGE = "/settings/security/password";

export default async function PasswordPage() {
  const { user, session } = await requireStepUp(PAGE);
  const { password: hasPassword } = await findSignInMethods(user.id);
  const provenAt = epochSeconds(new Date(session.authTime));
  const isRecent = authenticatedWithin(provenAt, SET_PASSWORD_MAX_AGE_SECONDS, systemClock());
  return (
    <>
      <h1 className="text-3xl leading-tight">{hasPassword ? "Change your password" : "Set a password"}</h1>
      <p className="mt-2 mb-8 text-muted">
        {hasPassword
          ? "You stay signed in here. Everywhere else you will be signed out, and sign in with the new password."
          : "A password is one more way to sign in to your account. You stay signed in here, and will be signed out everywhere else."}
      </p>
      <Card>
        {hasPassword || isRecent ? (
          <PasswordForm
            passwordWords={await getWords("rules.newPassword")}
            hasPassword={hasPassword}
            email={user.email}
            name={user.name}
          />
        ) : (
          <>
            <p className="mb-5">
              First confirm that it’s you, the way you usually sign in. Then you choose the password.
            </p>
            <LinkButton href={{ pathname: "/re-authenticate", query: { callbackUrl: PAGE } }} prefetch={false}>
              Confirm that it’s you
            </LinkButton>
          </>
        )}
      </Card>
      <p className="mt-6 text-[0.9375rem]">
        <TextLink href="/settings/security">Back to Security</TextLink>
      </p>
    </>
  );
}
