import { hostCookieName } from "@/lib/host-cookie";

/** The name of the cookie by which a browser is known as one that somebody trusts. */
export function deviceCookieName(): string {
  return hostCookieName("latchkey.trusted-device");
}
