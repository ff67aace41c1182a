import { tellDoor } from "@/lib/door";
import { configuredProviders } from "./enabled-providers";

type Configured = Awaited<ReturnType<typeof configuredProviders>>[number];

/** Tells the door where people sign in with the enabled providers, and which of these come back by a form. */
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
  return [endpointOf(provider), (provider.options?.["issuer"] as unknown) ?? issuerOf(provider)].flatMap((address) =>
    typeof address === "string" && URL.canParse(address) ? [new URL(address).origin] : [],
  );
}

/**
 * Such as Apple's. What comes is a cross-site POST, which is let in at this one address and from the provider's own pages
 * only; `state` protects it, as it does every other answer.
 *
 * @see https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 */
function answersByForm(provider: Configured): boolean {
  const { authorization } = provider as { authorization?: unknown };
  const params = (authorization as { params?: Record<string, unknown> } | undefined)?.params ?? {};
  const [, query = ""] = String(endpointOf(provider)).split("?");
  return (params["response_mode"] ?? new URLSearchParams(query).get("response_mode")) === "form_post";
}

function endpointOf(provider: Configured): unknown {
  const { authorization } = provider as { authorization?: unknown };
  return typeof authorization === "object" && authorization !== null
    ? (authorization as { url?: unknown }).url
    : authorization;
}

const issuerOf = (provider: Configured) => (provider as { issuer?: string }).issuer;
const idOf = (provider: Configured) => (provider.options?.["id"] as string | undefined) ?? provider.id;
