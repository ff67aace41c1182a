/**
 * Two of the package's own files that it has no types for. Its main file prints a warning about the version of Node
 * as soon as it is imported; `lib/provider.js` is the same class without that line. And its memory adapter, named
 * explicitly, is the one that it would choose and warn about.
 */
declare module "oidc-provider/lib/provider.js" {
  export { default as Provider } from "oidc-provider";
}

declare module "oidc-provider/lib/adapters/memory_adapter.js" {
  import type { AdapterFactory } from "oidc-provider";

  /** A store of its own for each call, of the thousand newest entries. */
  export function createMemoryAdapter(): AdapterFactory;
}
