import sharp from "sharp";

import { ok, type Result, refuse } from "@/lib/result";
import { pictureTypeOf } from "./picture-type";
import { AVATAR_SIZE_PIXELS, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS } from "./policy";

/** Why a file is not taken as a picture. */
export type PictureRefusal = "too_large" | "unsupported_type" | "unreadable";

const QUALITY = 82;
/** Decoding takes far less; what takes longer was made to. */
const TIMEOUT_SECONDS = 10;

// Of the dozens of formats that libvips reads, only the decoders of these four can be reached: fewer to trust, and nothing
// that runs a renderer (SVG, PDF) or opens further files.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadNsgifBuffer",
  ],
});
// Otherwise libvips keeps pictures of people in memory in case they come again.
sharp.cache(false);

let previous: Promise<unknown> = Promise.resolve();

/**
 * Makes a file into a square picture of its own: decoded, turned as its camera was held, cropped, and written anew.
 *
 * Nothing of the file survives but what it looks like: no metadata (a photograph tells where it was taken), no second
 * meaning for a program that reads it as something else, no animation. One at a time in each process, so that uploads
 * can't add up to all the memory there is.
 *
 * @param unverifiedBytes - As uploaded.
 * @see https://owasp.org/www-project-application-security-verification-standard/ ASVS 5.0 V5.2
 */
export function encodePicture(unverifiedBytes: Uint8Array): Promise<Result<Uint8Array<ArrayBuffer>, PictureRefusal>> {
  const encoded = previous.then(() => encode(unverifiedBytes));
  previous = encoded;
  return encoded;
}

async function encode(unverifiedBytes: Uint8Array): Promise<Result<Uint8Array<ArrayBuffer>, PictureRefusal>> {
  if (unverifiedBytes.length > MAX_PICTURE_BYTES) return refuse("too_large");
  if (pictureTypeOf(unverifiedBytes) === null) return refuse("unsupported_type");
  try {
    const picture = await sharp(unverifiedBytes, { limitInputPixels: MAX_PICTURE_PIXELS, failOn: "error" })
      .timeout({ seconds: TIMEOUT_SECONDS })
      .autoOrient()
      .resize(AVATAR_SIZE_PIXELS, AVATAR_SIZE_PIXELS, { fit: "cover" })
      .webp({ quality: QUALITY })
      .toBuffer();
    return ok(Uint8Array.from(picture));
  } catch {
    // Broken, cut off, too many pixels, or a trap: the person is told the same, that it can't be read.
    return refuse("unreadable");
  }
}
