import type { SignInMethods } from "@/features/account/data";
import type { MailReader, MailWriter } from "@/features/mail/mail-reader";
import { providerName } from "@/features/sign-up/provider-name";
import { env } from "@/lib/env/env";

/** How an account came by its new password. */
export type PasswordEvent = "password_reset" | "password_changed" | "password_set";

/** The mail to the owner of an account whose password is another one from now on. */
export function passwordChangedMail(event: PasswordEvent, methods: SignInMethods, now: Date): MailWriter {
  const { AUTH_URL } = env();
  return (reader) => ({
    subject: reader.t(`passwordChange.subject.${event}`),
    paragraphs: [
      reader.t(`passwordChange.happened.${event}`, { host: AUTH_URL.host, time: reader.moment(now) }),
      reader.t(`passwordChange.signedOut.${event}`),
      ...otherWays(methods, reader),
    ],
    action: { label: reader.t("passwordChange.action"), url: new URL("/forgot-password", AUTH_URL).href },
    footer: reader.t("passwordChange.footer"),
  });
}

/** A stranger who was in for a while may have left themselves another door: the owner is told which there are. */
function otherWays({ providers, passkeys }: SignInMethods, { t, oneOf }: MailReader): string[] {
  const ways = [
    ...[...new Set(providers)].map((id) => t("passwordChange.ways.provider", { provider: providerName(id) })),
    ...(passkeys === 0 ? [] : [t("passwordChange.ways.passkeys", { count: passkeys })]),
  ];
  return ways.length === 0 ? [] : [t("passwordChange.otherWays", { ways: oneOf(ways) })];
}
