import type { Metadata } from "next";

import { requireRecentAuthentication } from "@/app/_request/session";
import { ArrivalMessage } from "@/components/arrival-message";
import { TextLink } from "@/components/text-link";
import { describeFactor } from "@/features/second-factor/describe-factor";
import { drawQrCode } from "@/features/totp/draw-qr-code";
import { findEnrolment } from "@/features/totp/find-enrolment";
import { CHANGE_FACTOR_MAX_AGE_SECONDS } from "@/features/totp/policy";
import { keyUri } from "@/features/totp/totp";
import { systemClock } from "@/lib/clock";
import { FactorForm } from "./factor-form";
import { ManageFactor } from "./manage-factor";

export const metadata: Metadata = { title: "Two-step sign-in" };

const PAGE = "/settings/security/second-factor";

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SecondFactorSettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user } = await requireRecentAuthentication(CHANGE_FACTOR_MAX_AGE_SECONDS, PAGE);
  const query = await searchParams;
  const now = systemClock();
  const factor = await describeFactor(user.id, now);
  const enrolment = factor ? null : await findEnrolment(user.id, now);

  return (
    <>
      <p className="mb-3 text-[0.9375rem]">
        <TextLink href="/settings/security">Security</TextLink>
      </p>
      <h1 className="text-3xl leading-tight">Two-step sign-in</h1>
      <p className="mt-2 mb-8 text-muted">
        With it on, signing in takes two things: your password or provider, and a code that only your telephone shows.
      </p>
      <div className="flex flex-col gap-6">
        {query["off"] === "1" && !factor && (
          <ArrivalMessage tone="success">
            Two-step sign-in is off. Your recovery codes are worth nothing now.
          </ArrivalMessage>
        )}
        {query["revoked"] === "1" && (
          <ArrivalMessage tone="success">Done: that device is asked for a code at the next sign-in.</ArrivalMessage>
        )}
        <FactorForm
          on={factor !== null}
          codesLeft={factor?.codesLeft ?? 0}
          setUp={enrolment && { secret: enrolment.secret, qrCode: drawQrCode(keyUri(enrolment.secret, user.email)) }}
        />
        {factor && <ManageFactor factor={factor} now={now} />}
      </div>
    </>
  );
}
