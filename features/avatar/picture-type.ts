import type { ACCEPTED_PICTURE_TYPES } from "./policy";

type PictureType = (typeof ACCEPTED_PICTURE_TYPES)[number];

/** How files begin; `null` is any byte. */
const SIGNATURES: readonly (readonly [PictureType, readonly (number | null)[]])[] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38, null, 0x61]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/**
 * The type of a picture by its first bytes, which is what decoders go by too; null for anything but the accepted ones.
 *
 * A file's name and the type that a browser states for it are whatever the sender wants, and are not looked at.
 *
 * @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
 */
export function pictureTypeOf(unverifiedBytes: Uint8Array): PictureType | null {
  const fits = (signature: readonly (number | null)[]) =>
    signature.every((byte, at) => byte === null || unverifiedBytes[at] === byte);
  return SIGNATURES.find(([, signature]) => fits(signature))?.[0] ?? null;
}
