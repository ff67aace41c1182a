import type { Provider } from "next-auth/providers";

type Configured = Exclude<Provider, () => unknown>;

/**
 * Whether a provider has the browser post its answer here, as Apple does, rather than lead it here.
 *
 * @see https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 */
export function answersByForm(provider: Configured): boolean {
  const { authorization } = provider as { authorization?: unknown };
  const params = (authorization as { params?: Record<string, unknown> } | undefined)?.params ?? {};
  const [, query = ""] = String(authorizationAddress(provider)).split("?");
  return (params["response_mode"] ?? new URLSearchParams(query).get("response_mode")) === "form_post";
}

/** Where a browser is sent to sign in; undefined where only the issuer's metadata tell. */
export function authorizationAddress(provider: Configured): unknown {
  const { authorization } = provider as { authorization?: unknown };
  return typeof authorization === "object" && authorization !== null
    ? (authorization as { url?: unknown }).url
    : authorization;
}
