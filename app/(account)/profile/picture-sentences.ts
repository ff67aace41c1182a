import type { PictureRefusal } from "@/features/avatar/encode-picture";

export const PICTURE_TOO_LARGE = "This file is larger than 5 MB. Choose a smaller one.";

/** Why a file was not taken, for the person who chose it. */
export const PICTURE_SENTENCES: Readonly<Record<PictureRefusal | "missing", string>> = {
  missing: "Choose a file first.",
  too_large: PICTURE_TOO_LARGE,
  unsupported_type: "This is not a JPEG, PNG, WebP or GIF file, whatever its name says. Choose another.",
  unreadable: "This file can't be read as a picture, or has more than 25 million pixels. Choose another.",
};
