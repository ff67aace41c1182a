import { configuredProviders } from "./enabled-providers";

let origins: Promise<readonly string[]> | undefined;

/** The origins that a browser is sent to in order to sign in with the enabled providers. */
export function authorizationOrigins(): Promise<readonly string[]> {
  origins ??= configuredProviders().then((providers) => [...new Set(providers.flatMap(originsOf))]);
  return origins;
}

function originsOf(provider: {
  authorization?: unknown;
  issuer?: string;
  options?: Record<string, unknown>;
}): string[] {
  const endpoint =
    typeof provider.authorization === "object" && provider.authorization !== null
      ? (provider.authorization as { url?: unknown }).url
      : provider.authorization;
  return [endpoint, provider.options?.["issuer"] ?? provider.issuer].flatMap((address) =>
    typeof address === "string" && URL.canParse(address) ? [new URL(address).origin] : [],
  );
}
