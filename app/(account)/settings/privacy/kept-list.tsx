import type { ReactNode } from "react";

import { DELETION_GRACE_SECONDS } from "@/features/account-deletion/policy";
import { RETENTION_SECONDS } from "@/features/clean-up/policy";
import { env } from "@/lib/env/env";
import { durationInWords } from "../sessions/duration-in-words";

/** What is stored about a person, and until when: said from the times that the clean-up goes by. */
export function KeptList() {
  const { EMAIL_TOKEN_TTL } = env();
  return (
    <dl className="flex flex-col divide-y divide-border">
      <Kept what="Your profile, your picture, and your ways to sign in">
        As long as you have the account, and {durationInWords(DELETION_GRACE_SECONDS)} after you asked to have it
        deleted.
      </Kept>
      <Kept what="Your sessions, with device, time and IP address">
        Until {durationInWords(RETENTION_SECONDS.endedSessions)} after they end.
      </Kept>
      <Kept what="Mails that we sent you">
        What they say is erased once they are sent. That there was one, for{" "}
        {durationInWords(RETENTION_SECONDS.finishedMails)}.
      </Kept>
      <Kept what="Links and codes that wait to be used">
        Until they are used or expire, and {durationInWords(RETENTION_SECONDS.expiredTokens)} more at most. Only a
        fingerprint of each is stored.
      </Kept>
      <Kept what="A sign-up that nobody confirmed">
        {durationInWords(EMAIL_TOKEN_TTL)}, and {durationInWords(RETENTION_SECONDS.expiredSignUps)} more at most.
      </Kept>
      <Kept what="What happened to your account: sign-ins and changes, with device, time and IP address">
        In the security log, which can be added to but not changed. It outlives the account.
      </Kept>
    </dl>
  );
}

function Kept({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="py-3">
      <dt className="font-medium">{what}</dt>
      <dd className="mt-0.5 text-muted">{children}</dd>
    </div>
  );
}
