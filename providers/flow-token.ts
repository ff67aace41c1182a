import { flowCookieName } from "@/features/provider-flow/flow-cookie";
import { openFlowState } from "@/features/provider-flow/flow-state";

/** As much of Next's cookie store as is read here. */
interface CookieJar {
  get(name: string): { readonly value: string } | undefined;
}

/**
 * What this browser holds for the flow that `signIn` has just begun, and that no other flow and no other browser holds. At the
 * flow's end it is `flowOf(request).token`.
 *
 * @param address - The provider's, as `signIn` returns it.
 * @returns null when no flow was begun, since the provider is away.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.7
 */
export function flowToken(address: string, jar: CookieJar): string | null {
  const parameters = URL.canParse(address) ? new URL(address).searchParams : null;
  const state = openFlowState(parameters?.get("state") ?? "");
  return state && (jar.get(flowCookieName(state.id))?.value ?? null);
}
