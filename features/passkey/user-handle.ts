import type { UserId } from "@/features/account/user-id";

/**
 * Whom a passkey belongs to, as the authenticator keeps it: the 16 bytes of the person's id, which say nothing about them.
 *
 * @see https://www.w3.org/TR/webauthn-3/#user-handle
 */
export function userHandle(userId: UserId): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId.replaceAll("-", ""), "hex"));
}

/**
 * Whether a handle that came back is this person's.
 *
 * @param handle - As received, unverified, in base64url.
 */
export function isUserHandleOf(handle: string, userId: UserId): boolean {
  return Buffer.from(userHandle(userId)).equals(Buffer.from(handle, "base64url"));
}
