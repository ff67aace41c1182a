import type { ReactNode } from "react";

import { getTranslations } from "@/app/_request/translations";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { LocalTime } from "@/components/local-time";
import { ProviderIcon } from "@/components/provider-icon";
import { SubmitButton } from "@/components/submit-button";
import type { ListedConnection } from "@/features/connection/list-connections";
import { connectAction, disconnectAction } from "./actions";

interface ProviderProps {
  provider: { id: string; name: string; enabled: boolean };
}

interface ConnectedItemProps extends ProviderProps {
  connection: ListedConnection;
  asked: boolean;
}

/** A provider that isn't connected. */
export async function UnconnectedItem({ provider }: ProviderProps) {
  const t = await getTranslations("account");
  return (
    <Item provider={provider} controls={<ConnectForm provider={provider} way="connect" />}>
      <p className="text-[0.9375rem] text-muted">{t("connections.item.unconnected")}</p>
    </Item>
  );
}

/** A provider that is connected: as whom, and since when. */
export async function ConnectedItem({ provider, connection, asked }: ConnectedItemProps) {
  const { needsConsent, isLastSignInMethod } = connection;
  const t = await getTranslations("account");
  const named = { provider: provider.name };
  const controls = (
    <div className="flex flex-wrap gap-3">
      {needsConsent && provider.enabled && <ConnectForm provider={provider} way="reconnect" />}
      {!isLastSignInMethod && <DisconnectDialog provider={provider} connection={connection} asked={asked} />}
    </div>
  );
  return (
    <Item provider={provider} controls={controls}>
      <p className="text-[0.9375rem] break-words text-muted">
        <Since connection={connection} />
      </p>
      {needsConsent && (
        <p className="mt-1 text-[0.9375rem] font-medium text-danger">{t("connections.item.needsConsent", named)}</p>
      )}
      {!provider.enabled && (
        <p className="mt-1 text-[0.9375rem] text-muted">{t("connections.item.switchedOff", named)}</p>
      )}
      {isLastSignInMethod && <p className="mt-1 text-[0.9375rem] text-muted">{t("connections.item.lastMethod")}</p>}
    </Item>
  );
}

async function Since({ connection: { providerEmail, createdAt } }: Pick<ConnectedItemProps, "connection">) {
  const t = await getTranslations("account");
  const time = () => <LocalTime at={createdAt.toISOString()} />;
  if (!providerEmail) return t.rich("connections.item.connectedSince", { time });
  const bdi = (text: ReactNode) => <bdi>{text}</bdi>;
  return t.rich("connections.item.connectedAs", { email: providerEmail, time, bdi });
}

async function DisconnectDialog({ provider, connection: { id, providerEmail: email }, asked }: ConnectedItemProps) {
  const t = await getTranslations("account");
  const named = { provider: provider.name };
  return (
    <ConfirmDialog
      label={t("connections.disconnect.label")}
      fullLabel={
        email
          ? t("connections.disconnect.ofAccount", { ...named, email })
          : t("connections.disconnect.ofProvider", named)
      }
      title={t("connections.disconnect.question", named)}
      confirmLabel={t("connections.disconnect.confirm")}
      action={disconnectAction}
      fields={{ id }}
      href={`/settings/connections?confirm=${id}`}
      closedHref="/settings/connections"
      asked={asked}
    >
      {t("connections.disconnect.consequence", named)}
    </ConfirmDialog>
  );
}

function Item({ provider, controls, children }: ProviderProps & { controls: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="flex items-center gap-2.5 font-medium">
          <ProviderIcon providerId={provider.id} />
          <bdi>{provider.name}</bdi>
        </h3>
        <div className="mt-1">{children}</div>
      </div>
      {controls}
    </li>
  );
}

async function ConnectForm({ provider, way }: ProviderProps & { way: "connect" | "reconnect" }) {
  const t = await getTranslations("account");
  return (
    <form action={connectAction}>
      <input type="hidden" name="provider" value={provider.id} />
      <SubmitButton variant="secondary">
        {t.rich(`connections.item.${way}`, {
          provider: provider.name,
          name: (text) => <span className="sr-only">{text}</span>,
        })}
      </SubmitButton>
    </form>
  );
}
