import { hashToken } from "@/lib/crypto/random-token";
import { deleteKnownDevice, findKnownPerson, type KnownPerson } from "./data";

/**
 * Whom the sign-in page greets by name: who signed in with this browser last, if they asked to stay signed in there. On a
 * computer that is shared nobody asks for that, and the next person sees nothing.
 *
 * @param deviceToken - As the browser presents it; null for one without.
 */
export async function knownPerson(deviceToken: string | null): Promise<KnownPerson | null> {
  if (deviceToken === null) return null;
  // A greeting is no reason to fail: without the database nobody is known.
  return findKnownPerson(hashToken(deviceToken)).catch(() => null);
}

/**
 * Forgets a browser, for "that's not me": no account knows it any more. The next sign-in with it is one on a new device, and is
 * mailed as such.
 *
 * @param deviceToken - As the browser presents it; null for one without.
 */
export async function forgetDevice(deviceToken: string | null): Promise<void> {
  if (deviceToken !== null) await deleteKnownDevice(hashToken(deviceToken));
}
