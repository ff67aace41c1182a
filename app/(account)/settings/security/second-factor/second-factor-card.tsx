import { getTranslations } from "@/app/_request/translations";
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
  const t = await getTranslations("security");
  return (
    <Card title={t("secondFactorCard.title")}>
      <p className="mb-5 text-muted">
        {factor
          ? t.rich("secondFactorCard.on", {
              since: () => <LocalTime at={factor.since.toISOString()} />,
              count: factor.codesLeft,
              few: factor.codesLeft < FEW_CODES ? "yes" : "no",
            })
          : t("secondFactorCard.off")}
      </p>
      <LinkButton href="/settings/security/second-factor" variant="secondary">
        {factor ? t("secondFactorCard.manage") : t("secondFactorCard.setUp")}
      </LinkButton>
    </Card>
  );
}
