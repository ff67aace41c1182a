import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { Card } from "@/components/card";
import { listConnections } from "@/features/connection/list-connections";
import { providerName } from "@/features/sign-up/provider-name";
import { enabledProviders } from "@/providers/enabled-providers";
import { ConnectedItem, UnconnectedItem } from "./connection-item";
import { OutcomeMessage } from "./outcome-message";

export const metadata: Metadata = { title: "Connections" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ConnectionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user } = await requireSession("/settings/connections");
  const { outcome, provider: about, confirm } = await searchParams;
  const [enabled, connections] = await Promise.all([enabledProviders(), listConnections(user.id)]);
  // What was connected stays listed after its provider was switched off: it is stored, and can be removed.
  const retired = connections.map(({ provider }) => provider).filter((id) => enabled.every((one) => one.id !== id));
  const providers = [
    ...enabled.map(({ id, name }) => ({ id, name, enabled: true })),
    ...[...new Set(retired)].map((id) => ({ id, name: providerName(id), enabled: false })),
  ];

  return (
    <>
      <h1 className="text-3xl leading-tight">Connections</h1>
      <p className="mt-2 mb-8 text-muted">
        Accounts elsewhere that you can sign in with. Each belongs to this account alone, whatever its e-mail address.
      </p>
      <div className="flex flex-col gap-6">
        <OutcomeMessage outcome={outcome} provider={about} providers={enabled} />
        <Card title="Providers">
          {providers.length === 0 ? (
            <p className="text-muted">
              No provider is set up here, so there is nothing to connect. You sign in with what you have under Security.
            </p>
          ) : (
            <ul className="divide-y divide-border">
              {providers.map((provider) => {
                const own = connections.filter((connection) => connection.provider === provider.id);
                if (own.length === 0) return <UnconnectedItem key={provider.id} provider={provider} />;
                return own.map((connection) => (
                  <ConnectedItem
                    key={connection.id}
                    provider={provider}
                    connection={connection}
                    asked={confirm === connection.id}
                  />
                ));
              })}
            </ul>
          )}
        </Card>
        {providers.length > 0 && (
          <p className="text-sm text-muted">
            Connecting leads you to the provider and back. You may be asked to confirm first that it is you, and we tell
            you by mail of every change.
          </p>
        )}
      </div>
    </>
  );
}
