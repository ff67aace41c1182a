import type { ProviderPictureRefusal } from "@/features/avatar/copy-provider-picture";
import type { PictureRefusal } from "@/features/avatar/encode-picture";

export const PICTURE_TOO_LARGE = "This file is larger than 5 MB. Choose a smaller one.";

/** Why a file was not taken, for the person who chose it. */
export const PICTURE_SENTENCES: Readonly<Record<PictureRefusal | "missing", string>> = {
  missing: "Choose a file first.",
  too_large: PICTURE_TOO_LARGE,
  unsupported_type: "This is not a JPEG, PNG, WebP or GIF file, whatever its name says. Choose another.",
  unreadable: "This file can't be read as a picture, or has more than 25 million pixels. Choose another.",
};

/** Why a provider's picture was not taken. */
export const PROVIDER_PICTURE_SENTENCES: Readonly<Record<ProviderPictureRefusal, string>> = {
  no_picture: "There is no picture at this provider any more. Choose a file of your own.",
  not_fetched:
    "The picture can't be fetched from the provider just now. Try again later, or choose a file of your own.",
  too_large: "The provider's picture is larger than 5 MB. Choose a file of your own.",
  unsupported_type: "The provider's picture is not a JPEG, PNG, WebP or GIF file. Choose a file of your own.",
  unreadable: "The provider's picture can't be read. Choose a file of your own.",
};
