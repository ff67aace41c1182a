"use server";

import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireRecentAuthentication } from "@/app/_request/session";
import { signIn } from "@/auth";
import { formText } from "@/components/form-text";
import { disconnect } from "@/features/connection/disconnect";
import { requestConnection } from "@/features/connection/request-connection";
import { CHANGE_CONNECTIONS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { systemClock } from "@/lib/clock";
import { connectingPath } from "@/providers/connecting-path";
import { enabledProviders } from "@/providers/enabled-providers";
import { flowToken } from "@/providers/flow-token";

const PAGE = "/settings/connections";

/** Leads to the provider; what comes back is connected with the account of this session, and signs nobody in. */
export async function connectAction(formData: FormData): Promise<void> {
  const { user, session } = await requireRecentAuthentication(CHANGE_CONNECTIONS_MAX_AGE_SECONDS, PAGE);
  const provider = formText(formData, "provider");
  if (!(await enabledProviders()).some(({ id }) => id === provider)) notFound();

  const address: string = await signIn(provider, { redirect: false, redirectTo: connectingPath(provider) });
  const token = flowToken(address, await cookies());
  // A provider whose answers can't be told from one another must not be connected, and one that is away can't be.
  if (token === null) redirect(`${PAGE}?${new URLSearchParams({ outcome: "unavailable", provider })}`);
  await requestConnection(token, { userId: user.id, sessionId: session.id, provider }, systemClock());
  redirect(address);
}

/** Disconnects one of one's own; of another's id nothing is said that isn't said of an unknown one. */
export async function disconnectAction(formData: FormData): Promise<void> {
  const id = formText(formData, "id");
  const question = `${PAGE}?${new URLSearchParams({ confirm: id })}`;
  const { user, session } = await requireRecentAuthentication(CHANGE_CONNECTIONS_MAX_AGE_SECONDS, question);
  const acting = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const disconnected = await disconnect(acting, id, systemClock());
  const query = disconnected.ok
    ? { outcome: "disconnected", provider: disconnected.value.provider }
    : { outcome: disconnected.refusal };
  redirect(`${PAGE}?${new URLSearchParams(query)}`);
}
