import type { ListedPasskey } from "@/features/passkey/data";

/** A passkey as the API shows it to its owner. */
export function describePasskey({ id, name, createdAt, lastUsedAt, backedUp }: ListedPasskey) {
  return { id, name, createdAt, lastUsedAt, synced: backedUp };
}
