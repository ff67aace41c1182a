import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { getSession, requireRecentAuthentication } from "@/app/_request/session";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { findIdentityToConfirm } from "@/features/connection/confirm-connection";
import { heldIdentityCookieName } from "@/features/connection/held-identity-cookie";
import { CHANGE_CONNECTIONS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { providerName } from "@/features/sign-up/provider-name";
import { systemClock } from "@/lib/clock";
import { enabledProviders } from "@/providers/enabled-providers";
import { AuthCard } from "../auth-card";
import { confirmLinkAction, declineLinkAction, signOutToLinkAction } from "./actions";

export const metadata: Metadata = { title: "Connect with your account", robots: { index: false } };

const PAGE = "/link-account";

/** The guided way in for somebody whose address has an account that their identity at a provider isn't connected with. */
export default async function LinkAccountPage() {
  const token = (await cookies()).get(heldIdentityCookieName())?.value;
  const held = token ? await findIdentityToConfirm(token, systemClock()) : null;
  if (!held) return <NothingWaits />;
  const providers = await enabledProviders();
  const name = providers.find(({ id }) => id === held.provider)?.name ?? providerName(held.provider);
  const session = await getSession();
  if (!session) return <ProveOwnership name={name} email={held.providerEmail} />;
  if (session.user.id !== held.userId) {
    return <OtherAccount name={name} email={held.providerEmail} signedInAs={session.user.email} />;
  }
  await requireRecentAuthentication(CHANGE_CONNECTIONS_MAX_AGE_SECONDS, PAGE);
  return <Confirm name={name} email={session.user.email} />;
}

interface PartProps {
  name: string;
  email: string | null;
}

/** Never says which way the account signs in: whoever reads this may not be its owner. */
function ProveOwnership({ name, email }: PartProps) {
  return (
    <AuthCard
      title="You already have an account"
      intro={
        <>
          There is an account with the address <Strong>{email}</Strong>, and it isn&apos;t connected with {name} yet.
          Sign in to it the way you did before, to prove that it is yours. Then you can connect {name} with one press.
        </>
      }
      footer="This waits for ten minutes in this browser. Until you connect it, nothing changes."
    >
      <LinkButton href={`/sign-in?callbackUrl=${encodeURIComponent(PAGE)}`} wide>
        Sign in to your account
      </LinkButton>
      <Decline />
    </AuthCard>
  );
}

function Confirm({ name, email }: PartProps) {
  return (
    <AuthCard
      title={`Connect ${name}?`}
      intro={
        <>
          You are signed in as <Strong>{email}</Strong>. Once {name} is connected, you can sign in to this account with
          it as well. You can disconnect it at any time.
        </>
      }
    >
      <form action={confirmLinkAction}>
        <SubmitButton wide>Connect {name}</SubmitButton>
      </form>
      <Decline />
    </AuthCard>
  );
}

function OtherAccount({ name, email, signedInAs }: PartProps & { signedInAs: string }) {
  return (
    <AuthCard
      title="You are signed in to another account"
      intro={
        <>
          You are signed in as <Strong>{signedInAs}</Strong>. What you chose at {name} belongs to the account with the
          address <Strong>{email}</Strong>. To connect the two, sign out here, and sign in to that account.
        </>
      }
    >
      <form action={signOutToLinkAction}>
        <SubmitButton wide>Sign out and go on</SubmitButton>
      </form>
      <Decline />
    </AuthCard>
  );
}

function NothingWaits() {
  return (
    <AuthCard
      title="Nothing to connect"
      intro="There is nothing that waits to be connected in this browser: it was done already, or more than ten minutes have passed. Nothing was changed."
      footer={
        <>
          Connected already? See <TextLink href="/settings/connections">your connections</TextLink>
        </>
      }
    >
      <LinkButton href="/sign-in" wide>
        Go to sign in
      </LinkButton>
    </AuthCard>
  );
}

function Decline() {
  return (
    <form action={declineLinkAction}>
      <SubmitButton variant="secondary" wide>
        Don&apos;t connect
      </SubmitButton>
    </form>
  );
}

function Strong({ children }: { children: ReactNode }) {
  return <strong className="font-medium break-words text-foreground">{children}</strong>;
}
