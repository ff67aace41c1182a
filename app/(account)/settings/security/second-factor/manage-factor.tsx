import { getTranslations } from "@/app/_request/translations";
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
export function ManageFactor({ factor, now }: { factor: DescribedFactor; now: Date }) {
  return (
    <>
      <Card title="Trusted devices">
        <p className="text-muted">
          {factor.devices.length === 0
            ? "None. When you sign in you can say that a device is yours, and it isn't asked for a code for 30 days."
            : "These are not asked for a code when you sign in. Whoever uses one needs only your password or provider."}
        </p>
        {factor.devices.length > 0 && (
          <ul className="mt-3 divide-y divide-border">
            {factor.devices.map((device) => (
              <Device key={device.id} device={device} now={now} />
            ))}
          </ul>
        )}
      </Card>
      <Card title="Turn two-step sign-in off">
        <p className="mb-5 text-muted">
          Signing in will take your password or provider alone. Your recovery codes and trusted devices are forgotten.
        </p>
        <TurnOffForm />
      </Card>
    </>
  );
}

async function Device({ device, now }: { device: TrustedDevice; now: Date }) {
  const t = await getTranslations("account");
  const name = describeDevice(t, device.userAgent);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{name}</p>
        <p className="text-[0.9375rem] text-muted">
          Last used {timeAgo(t, device.lastUsedAt, now)}, trusted until{" "}
          <LocalTime at={device.expiresAt.toISOString()} />
        </p>
      </div>
      <form action={revokeTrustAction}>
        <input type="hidden" name="id" value={device.id} />
        <SubmitButton
          variant="secondary"
          aria-label={`Stop trusting ${name}, last used ${timeAgo(t, device.lastUsedAt, now)}`}
        >
          Stop trusting
        </SubmitButton>
      </form>
    </li>
  );
}
