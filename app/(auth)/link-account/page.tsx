import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { getSession, requireRecentAuthentication } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { findIdentityToConfirm } from "@/features/connection/confirm-connection";
import { heldIdentityCookieName } from "@/features/connection/held-identity-cookie";
import { CHANGE_CONNECTIONS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { providerName } from "@/features/sign-up/provider-name";
import { systemClock } from "@/lib/clock";
import { enabledProviders } from "@/providers/enabled-providers";
import { Address } from "../address";
import { AuthCard } from "../auth-card";
import { confirmLinkAction, declineLinkAction, signOutToLinkAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("linkAccount.documentTitle"), robots: { index: false } };
}

const PAGE = "/link-account";

/** The guided way in for somebody whose address has an account that their identity at a provider isn't connected with. */
export default async function LinkAccountPage() {
  const token = (await cookies()).get(heldIdentityCookieName())?.value;
  const held = token ? await findIdentityToConfirm(token, systemClock()) : null;
  if (!held) return <NothingWaits />;
  const providers = await enabledProviders();
  const name = providers.find(({ id }) => id === held.provider)?.name ?? providerName(held.provider);
  const email = held.providerEmail ?? "";
  const session = await getSession();
  if (!session) return <ProveOwnership name={name} email={email} />;
  if (session.user.id !== held.userId) {
    return <OtherAccount name={name} email={email} signedInAs={session.user.email} />;
  }
  await requireRecentAuthentication(CHANGE_CONNECTIONS_MAX_AGE_SECONDS, PAGE);
  return <Confirm name={name} email={session.user.email} />;
}

interface PartProps {
  name: string;
  email: string;
}

const address = (text: ReactNode) => <Address>{text}</Address>;

/** Never says which way the account signs in: whoever reads this may not be its owner. */
async function ProveOwnership({ name, email }: PartProps) {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("linkAccount.prove.title")}
      intro={t.rich("linkAccount.prove.intro", { provider: name, email, address })}
      footer={t("linkAccount.prove.waits")}
    >
      <LinkButton href={`/sign-in?callbackUrl=${encodeURIComponent(PAGE)}`} wide>
        {t("linkAccount.prove.signIn")}
      </LinkButton>
      <Decline />
    </AuthCard>
  );
}

async function Confirm({ name, email }: PartProps) {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("linkAccount.confirm.title", { provider: name })}
      intro={t.rich("linkAccount.confirm.intro", { provider: name, email, address })}
    >
      <form action={confirmLinkAction}>
        <SubmitButton wide>{t("linkAccount.confirm.submit", { provider: name })}</SubmitButton>
      </form>
      <Decline />
    </AuthCard>
  );
}

async function OtherAccount({ name, email, signedInAs }: PartProps & { signedInAs: string }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("linkAccount.otherAccount.title")}
      intro={t.rich("linkAccount.otherAccount.intro", { provider: name, email, signedInAs, address })}
    >
      <form action={signOutToLinkAction}>
        <SubmitButton wide>{t("linkAccount.otherAccount.signOut")}</SubmitButton>
      </form>
      <Decline />
    </AuthCard>
  );
}

async function NothingWaits() {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("linkAccount.nothing.title")}
      intro={t("linkAccount.nothing.intro")}
      footer={t.rich("linkAccount.nothing.connectedAlready", {
        connections: (text) => <TextLink href="/settings/connections">{text}</TextLink>,
      })}
    >
      <LinkButton href="/sign-in" wide>
        {t("linkAccount.nothing.toSignIn")}
      </LinkButton>
    </AuthCard>
  );
}

async function Decline() {
  const t = await getTranslations("auth");
  return (
    <form action={declineLinkAction}>
      <SubmitButton variant="secondary" wide>
        {t("linkAccount.decline")}
      </SubmitButton>
    </form>
  );
}
