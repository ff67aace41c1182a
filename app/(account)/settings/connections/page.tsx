import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { listConnections } from "@/features/connection/list-connections";
import { providerName } from "@/features/sign-up/provider-name";
import { enabledProviders } from "@/providers/enabled-providers";
import { ConnectedItem, UnconnectedItem } from "./connection-item";
import { OutcomeMessage } from "./outcome-message";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("connections.title") };
}

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
  const t = await getTranslations("account");

  return (
    <>
      <h1 className="text-3xl leading-tight">{t("connections.title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("connections.intro")}</p>
      <div className="flex flex-col gap-6">
        <OutcomeMessage outcome={outcome} provider={about} providers={enabled} />
        <Card title={t("connections.list.title")}>
          {providers.length === 0 ? (
            <p className="text-muted">{t("connections.list.none")}</p>
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
        {providers.length > 0 && <p className="text-sm text-muted">{t("connections.list.note")}</p>}
      </div>
    </>
  );
}
