import sharp from "sharp";

const RED = "#d02020";
const BLUE = "#2020d0";

/** A picture whose left half is red and whose right half is blue. */
export function halves(width: number, height: number) {
  const right = sharp({ create: { width: Math.ceil(width / 2), height, channels: 3, background: BLUE } });
  return {
    as: async (format: "jpeg" | "png" | "webp" | "gif", metadata = {}): Promise<Buffer> =>
      sharp({ create: { width, height, channels: 3, background: RED } })
        .composite([{ input: await right.png().toBuffer(), left: Math.floor(width / 2), top: 0 }])
        .withMetadata(metadata)
        .toFormat(format)
        .toBuffer(),
  };
}

/** "red" or "blue", whichever a pixel of a picture is nearer to. */
export async function colourAt(picture: Uint8Array, left: number, top: number): Promise<string> {
  const pixel = await sharp(picture).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return (pixel[0] ?? 0) > (pixel[2] ?? 0) ? "red" : "blue";
}
