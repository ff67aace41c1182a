import { getTranslations, getWords } from "@/app/_request/translations";
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
  const t = await getTranslations("account");

  return (
    <Card title={t("profile.email.title")}>
      <div className="flex flex-col gap-5">
        <EmailNotice notice={notice} pending={pending} />
        <p className="text-muted">
          {t.rich("profile.email.text", {
            email,
            b: (text) => (
              <strong className="font-medium break-words text-foreground">
                <bdi>{text}</bdi>
              </strong>
            ),
          })}
        </p>
        {pending && <PendingChange pending={pending} />}
        {methods.password || isRecent ? (
          <EmailChangeForm
            words={await getWords("account.profile.email.form")}
            key={pending?.expiresAt.toISOString()}
            asksPassword={methods.password}
            currentEmail={email}
          />
        ) : (
          <div>
            <p className="mb-4 text-muted">{t("profile.email.confirmFirst")}</p>
            <LinkButton variant="secondary" href="/re-authenticate?callbackUrl=%2Fprofile">
              {t("profile.email.confirm")}
            </LinkButton>
          </div>
        )}
      </div>
    </Card>
  );
}

async function EmailNotice({ notice, pending }: { notice: unknown; pending: PendingEmailChange | null }) {
  const t = await getTranslations("account");
  if (pending && (notice === "requested" || notice === "sent")) {
    return (
      // A new message for each mail: it takes the focus anew.
      <ArrivalMessage key={`${notice} ${pending.expiresAt.toISOString()}`} tone="success">
        {t.rich(`profile.email.notices.${notice}`, { email: pending.email, bdi: (text) => <bdi>{text}</bdi> })}
      </ArrivalMessage>
    );
  }
  if (!pending && (notice === "cancelled" || notice === "gone")) {
    const tone = notice === "cancelled" ? "success" : "info";
    return <ArrivalMessage tone={tone}>{t(`profile.email.notices.${notice}`)}</ArrivalMessage>;
  }
  return null;
}
