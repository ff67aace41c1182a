const MEBIBYTE = 1024 * 1024;

/** The largest file that is taken as a picture of a person, in bytes. Server actions are let to take a little more: next.config.ts. */
export const MAX_PICTURE_BYTES = 5 * MEBIBYTE;

/** A small file can unfold to a huge picture. This many pixels take 100 MB while they are decoded. */
export const MAX_PICTURE_PIXELS = 25_000_000;

/** Width and height of what is stored: twice what the largest place shows. */
export const AVATAR_SIZE_PIXELS = 256;

/** What is stored, whatever came. */
export const AVATAR_CONTENT_TYPE = "image/webp";

/** What may come. SVG is none of them: it is a document that can hold scripts. */
export const ACCEPTED_PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"] as const;
