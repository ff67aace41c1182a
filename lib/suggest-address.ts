import { POPULAR_DOMAINS, run } from "@zootools/email-spell-checker";

/** Large providers that the library's own list leaves out. */
const MORE_DOMAINS = [
  ...["hotmail.com", "outlook.com", "live.com", "icloud.com", "yahoo.com"],
  ...["gmx.de", "gmx.net", "gmx.at", "web.de", "t-online.de", "freenet.de", "posteo.de", "bluewin.ch"],
  ...["orange.fr", "free.fr", "laposte.net", "sfr.fr", "wanadoo.fr", "hotmail.fr", "hotmail.es", "proton.me"],
  ...["yahoo.co.jp", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "outlook.de", "outlook.fr", "outlook.es"],
];
const DOMAINS: readonly string[] = [...new Set([...POPULAR_DOMAINS, ...MORE_DOMAINS])];

/**
 * What an address was probably meant to be, when its domain is one letter or so away from that of a large provider; null when
 * nothing speaks for it. It compares with a list, and asks nobody.
 */
export function suggestAddress(address: string): string | null {
  const suggestion = run({ email: address, domains: [...DOMAINS] });
  // The library also guesses at endings: of a domain that it doesn't know, that is more often wrong than right.
  return suggestion && DOMAINS.includes(suggestion.domain) ? suggestion.full : null;
}
