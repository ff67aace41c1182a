import { basename } from "node:path";

import { PROVIDER_IDS } from "@/lib/provider-ids";
import { accentObjection } from "../write-theme";

/** What somebody wants of a new app. */
export interface Choices {
  /** As people read it. */
  readonly name: string;
  /** `#rrggbb` */
  readonly accent: string;
  /** Auth.js's ids. */
  readonly providers: readonly string[];
}

const MAX_NAME_LENGTH = 60;

/** A name for people, from a folder's: `acme-portal` is "Acme portal". */
export function nameOfFolder(folder: string): string {
  const words = basename(folder)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return words === "" ? "My app" : words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A name for npm, from one for people.
 *
 * @see https://docs.npmjs.com/cli/configuring-npm/package-json#name
 */
export function packageName(name: string): string {
  const ascii = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return (
    ascii
      .split(/[^a-z0-9]+/)
      .filter(Boolean)
      .join("-") || "app"
  );
}

/** Why a name can't be one; null where it can. It goes into titles, mails and the sender of mails. */
export function nameObjection(name: string): string | null {
  if (name.trim() === "") return "The name is empty.";
  if (name.length > MAX_NAME_LENGTH) return `The name has more than ${MAX_NAME_LENGTH} characters.`;
  return /[<>@"\\\p{Cc}]/u.test(name)
    ? "The name has one of < > @ \" \\ in it, which mails can't carry in a sender."
    : null;
}

/** Why these providers can't be; null where they can. */
function providersObjection(providers: readonly string[]): string | null {
  const unknown = providers.find((id) => !(PROVIDER_IDS as readonly string[]).includes(id));
  if (unknown === undefined) return null;
  const similar = PROVIDER_IDS.filter((id) => id.includes(unknown) || unknown.includes(id));
  const instead = similar.length > 0 ? ` Did you mean ${similar.join(", ")}?` : "";
  return `Auth.js has no provider named ${unknown}.${instead} For any OpenID Connect issuer set AUTH_OIDC_<NAME>_… later.`;
}

/** The first thing that is wrong with the choices. */
export const objection = ({ name, accent, providers }: Choices): string | null =>
  nameObjection(name) ?? accentObjection(accent) ?? providersObjection(providers);
