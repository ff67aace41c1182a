import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { LocalTime } from "@/components/local-time";
import type { UserId } from "@/features/account/user-id";
import { FEW_CODES } from "@/features/recovery-code/policy";
import { describeFactor } from "@/features/second-factor/describe-factor";
import { systemClock } from "@/lib/clock";

/** Whether a second factor is on, and the way to where it is managed. */
export async function SecondFactorCard({ userId }: { userId: UserId }) {
  const factor = await describeFactor(userId, systemClock());
  return (
    <Card title="Two-step sign-in">
      <p className="mb-5 text-muted">
        {factor ? (
          <>
            On since <LocalTime at={factor.since.toISOString()} />. Signing in asks for a code of your authenticator
            app. {factor.codesLeft === 1 ? "1 recovery code is left." : `${factor.codesLeft} recovery codes are left.`}
            {factor.codesLeft < FEW_CODES && " Make new ones before you need them."}
          </>
        ) : (
          "Off. With it on, somebody who learns your password still can't sign in without your telephone."
        )}
      </p>
      {/* Not fetched ahead: it would ask for the password before anybody wants to go there. */}
      <LinkButton href="/settings/security/second-factor" variant="secondary" prefetch={false}>
        {factor ? "Manage two-step sign-in" : "Set up two-step sign-in"}
      </LinkButton>
    </Card>
  );
}
