import { getTranslations, getWords } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { SubmitButton } from "@/components/submit-button";
import type { DescribedFactor } from "@/features/second-factor/describe-factor";
import { describeDevice } from "@/features/session-overview/describe-device";
import type { TrustedDevice } from "@/features/trusted-device/data";
import { timeAgo } from "@/lib/time-ago";
import { revokeTrustAction } from "./actions";
import { TurnOffForm } from "./turn-off-form";

/** What belongs to a second factor that is on: the browsers that are not asked, and the way to be rid of it. */
export async function ManageFactor({ factor: { devices }, now }: { factor: DescribedFactor; now: Date }) {
  const t = await getTranslations("security");
  return (
    <>
      <Card title={t("secondFactor.devices.title")}>
        <p className="text-muted">
          {devices.length === 0 ? t("secondFactor.devices.none") : t("secondFactor.devices.some")}
        </p>
        {devices.length > 0 && (
          <ul className="mt-3 divide-y divide-border">
            {devices.map((device) => (
              <Device key={device.id} device={device} now={now} />
            ))}
          </ul>
        )}
      </Card>
      <Card title={t("secondFactor.turnOff.title")}>
        <p className="mb-5 text-muted">{t("secondFactor.turnOff.text")}</p>
        <TurnOffForm
          words={await getWords("security.secondFactor.turnOff.form")}
          refusalWords={await getWords("rules.codeRefusals")}
        />
      </Card>
    </>
  );
}

async function Device({ device: { id, userAgent, lastUsedAt, expiresAt }, now }: { device: TrustedDevice; now: Date }) {
  const t = await getTranslations("security");
  const account = await getTranslations("account");
  const device = describeDevice(account, userAgent);
  const ago = timeAgo(account, lastUsedAt, now);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{device}</p>
        <p className="text-[0.9375rem] text-muted">
          {t.rich("secondFactor.devices.used", { ago, until: () => <LocalTime at={expiresAt.toISOString()} /> })}
        </p>
      </div>
      <form action={revokeTrustAction}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton variant="secondary" aria-label={t("secondFactor.devices.stopNamed", { device, ago })}>
          {t("secondFactor.devices.stop")}
        </SubmitButton>
      </form>
    </li>
  );
}
