import { ArrivalMessage } from "@/components/arrival-message";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { findSignInMethods } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { findPendingChange, type PendingEmailChange } from "@/features/email-change/data";
import { EMAIL_CHANGE_MAX_AGE_SECONDS } from "@/features/email-change/policy";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { epochSeconds, systemClock } from "@/lib/clock";
import { EmailChangeForm } from "./email-change-form";
import { PendingChange } from "./pending-change";

interface EmailCardProps {
  userId: UserId;
  email: string;
  /** When the person last proved who they are, ISO 8601. */
  authTime: string;
  /** From the address: what was just done. Unverified. */
  notice: unknown;
}

/** The account's address, the one that waits to take its place, and the form to ask for another. */
export async function EmailCard({ userId, email, authTime, notice }: EmailCardProps) {
  const now = systemClock();
  const [pending, methods] = await Promise.all([findPendingChange(userId, now), findSignInMethods(userId)]);
  const isRecent = authenticatedWithin(epochSeconds(new Date(authTime)), EMAIL_CHANGE_MAX_AGE_SECONDS, now);

  return (
    <Card title="E-mail address">
      <div className="flex flex-col gap-5">
        <EmailNotice notice={notice} pending={pending} />
        <p className="text-muted">
          Your address is <strong className="font-medium break-words text-foreground">{email}</strong>. You sign in with
          it, and our mails go there.
        </p>
        {pending && <PendingChange pending={pending} />}
        {methods.password || isRecent ? (
          <EmailChangeForm
            key={pending?.expiresAt.toISOString()}
            asksPassword={methods.password}
            currentEmail={email}
          />
        ) : (
          <div>
            <p className="mb-4 text-muted">To change it, confirm first that it's you. You come back here.</p>
            <LinkButton variant="secondary" prefetch={false} href="/re-authenticate?callbackUrl=%2Fprofile">
              Confirm and change
            </LinkButton>
          </div>
        )}
      </div>
    </Card>
  );
}

function EmailNotice({ notice, pending }: { notice: unknown; pending: PendingEmailChange | null }) {
  // A new message for each mail: it takes the focus anew.
  const key = `${String(notice)} ${pending?.expiresAt.toISOString()}`;
  if (pending && notice === "requested") {
    return (
      <ArrivalMessage key={key} tone="success">
        A mail to {pending.email} is on its way. Follow its link to make that your address.
      </ArrivalMessage>
    );
  }
  if (pending && notice === "sent") {
    return (
      <ArrivalMessage key={key} tone="success">
        A new mail to {pending.email} is on its way, unless five went there within the hour. Only its newest link works.
      </ArrivalMessage>
    );
  }
  if (!pending && notice === "cancelled") {
    return <ArrivalMessage tone="success">The change is cancelled, and its link is dead.</ArrivalMessage>;
  }
  if (!pending && notice === "gone") {
    return <ArrivalMessage tone="info">That change was confirmed or cancelled already, or it expired.</ArrivalMessage>;
  }
  return null;
}
