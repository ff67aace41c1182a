import type { ReactNode } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { LocalTime } from "@/components/local-time";
import { ProviderIcon } from "@/components/provider-icon";
import { SubmitButton } from "@/components/submit-button";
import type { ListedConnection } from "@/features/connection/list-connections";
import { connectAction, disconnectAction } from "./actions";

interface ProviderProps {
  provider: { id: string; name: string; enabled: boolean };
}

/** A provider that isn't connected. */
export function UnconnectedItem({ provider }: ProviderProps) {
  return (
    <Item provider={provider} controls={<ConnectForm provider={provider} label="Connect" />}>
      <p className="text-[0.9375rem] text-muted">Not connected</p>
    </Item>
  );
}

/** A provider that is connected: as whom, and since when. */
export function ConnectedItem({
  provider,
  connection,
  asked,
}: ProviderProps & { connection: ListedConnection; asked: boolean }) {
  const { name } = provider;
  const { id, providerEmail, createdAt, needsConsent, isLastSignInMethod } = connection;
  const controls = (
    <div className="flex flex-wrap gap-3">
      {needsConsent && provider.enabled && <ConnectForm provider={provider} label="Reconnect" />}
      {!isLastSignInMethod && (
        <ConfirmDialog
          label="Disconnect"
          fullLabel={`Disconnect ${name}${providerEmail ? `, ${providerEmail}` : ""}`}
          title={`Disconnect ${name}?`}
          confirmLabel="Disconnect"
          action={disconnectAction}
          fields={{ id }}
          href={`/settings/connections?confirm=${id}`}
          closedHref="/settings/connections"
          asked={asked}
        >
          You won&apos;t be able to sign in with {name} any more, and your other sessions that began with it end. What{" "}
          {name} itself keeps about you stays there.
        </ConfirmDialog>
      )}
    </div>
  );
  return (
    <Item provider={provider} controls={controls}>
      <p className="text-[0.9375rem] break-words text-muted">
        Connected{providerEmail && ` as ${providerEmail}`} since <LocalTime at={createdAt.toISOString()} />
      </p>
      {needsConsent && (
        <p className="mt-1 text-[0.9375rem] font-medium text-danger">
          Needs reconnecting: {name} asks for your consent again.
        </p>
      )}
      {!provider.enabled && (
        <p className="mt-1 text-[0.9375rem] text-muted">Signing in with {name} is switched off here at present.</p>
      )}
      {isLastSignInMethod && (
        <p className="mt-1 text-[0.9375rem] text-muted">
          This is your only way to sign in. Add another one before you disconnect it.
        </p>
      )}
    </Item>
  );
}

function Item({ provider, controls, children }: ProviderProps & { controls: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="flex items-center gap-2.5 font-medium">
          <ProviderIcon providerId={provider.id} />
          {provider.name}
        </h3>
        <div className="mt-1">{children}</div>
      </div>
      {controls}
    </li>
  );
}

function ConnectForm({ provider, label }: ProviderProps & { label: string }) {
  return (
    <form action={connectAction}>
      <input type="hidden" name="provider" value={provider.id} />
      <SubmitButton variant="secondary">
        {label} <span className="sr-only">{provider.name}</span>
      </SubmitButton>
    </form>
  );
}
