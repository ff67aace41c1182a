import { tellDoor } from "@/lib/door";
import { answersByForm, authorizationAddress } from "./answers-by-form";
import { configuredProviders } from "./enabled-providers";

type Configured = Awaited<ReturnType<typeof configuredProviders>>[number];

/**
 * Tells the door where people sign in with the enabled providers, and which of these come back by a form: a cross-site POST,
 * let in at this one address and from the provider's own pages only, which changes nothing (`formToQuery`).
 */
export async function tellDoorOfProviders(): Promise<void> {
  const providers = await configuredProviders();
  tellDoor({
    formTargets: [...new Set(providers.flatMap(originsOf))],
    formPosts: new Map(
      providers
        .filter(answersByForm)
        .map((provider) => [`/api/auth/callback/${idOf(provider)}`, originsOf(provider)] as const),
    ),
  });
}

/** The origins that a browser is sent to. */
function originsOf(provider: Configured): string[] {
  return [authorizationAddress(provider), (provider.options?.["issuer"] as unknown) ?? issuerOf(provider)].flatMap(
    (address) => (typeof address === "string" && URL.canParse(address) ? [new URL(address).origin] : []),
  );
}

const issuerOf = (provider: Configured) => (provider as { issuer?: string }).issuer;
const idOf = (provider: Configured) => (provider.options?.["id"] as string | undefined) ?? provider.id;
