import { isIPv6 } from "node:net";

/** What everybody shares whose address is not known: limited as one client, not unlimited. */
const UNKNOWN_NETWORK = "unknown";
const GROUPS_OF_A_64 = 4;
const GROUPS = 8;

/**
 * Whose budget an address draws from: an IPv4 address its own, an IPv6 address that of its /64, which one customer has as
 * a whole and can change addresses in with every request (A26).
 *
 * @param address - In the one spelling of `clientAddress`.
 * @see https://www.rfc-editor.org/rfc/rfc6177#section-2
 */
export function clientNetwork(address: string | null): string {
  if (address === null) return UNKNOWN_NETWORK;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const zeros = tail === undefined ? 0 : GROUPS - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(zeros, 0)).fill("0"), ...after];
  return `${groups.slice(0, GROUPS_OF_A_64).join(":")}::/64`;
}

const groupsOf = (text: string) => text.split(":").filter((group) => group !== "");
