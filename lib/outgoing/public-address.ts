import ipaddr from "ipaddr.js";

/** All that IANA has given out of IPv6 for use on the internet. The rest is nobody's yet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address belongs to somebody on the internet: not to this machine, its network, its cloud's metadata service, or
 * nobody. An IPv6 address that holds an IPv4 one is judged by it, or refused.
 *
 * @param address - Textual IPv4 or IPv6, without brackets. Anything else is not public.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 * @see https://www.iana.org/assignments/ipv6-address-space
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // Turns ::ffff:127.0.0.1 into 127.0.0.1.
  const parsed = ipaddr.process(address);
  // Every registered special range has a name of its own; what is left is "unicast".
  if (parsed.range() !== "unicast") return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_UNICAST);
}
