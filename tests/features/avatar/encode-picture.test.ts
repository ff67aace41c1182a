import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { encodePicture } from "@/features/avatar/encode-picture";
import { MAX_PICTURE_BYTES } from "@/features/avatar/policy";
import { colourAt, halves } from "./pictures";

async function encoded(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const result = await encodePicture(bytes);
  if (!result.ok) throw new Error(result.refusal);
  return result.value;
}

/** A file of the right length that begins as a picture does. */
const filledTo = async (length: number) => Buffer.concat([await halves(8, 8).as("png")], length);

describe("encodePicture", () => {
  it.each(["jpeg", "png", "webp", "gif"] as const)("makes a square WebP of the middle of a %s", async (format) => {
    const picture = await encoded(await halves(600, 300).as(format));

    expect(await sharp(picture).metadata()).toMatchObject({ format: "webp", width: 256, height: 256 });
    expect([await colourAt(picture, 10, 128), await colourAt(picture, 245, 128)]).toEqual(["red", "blue"]);
  });

  it("enlarges a small one", async () => {
    expect(await sharp(await encoded(await halves(2, 2).as("png"))).metadata()).toMatchObject({
      width: 256,
      height: 256,
    });
  });

  it("keeps nothing that a camera wrote down, and turns the picture as it was held", async () => {
    const exif = { IFD0: { Copyright: "Ada Lovelace" }, IFD3: { GPSLatitude: "51/1 30/1 0/1", GPSLatitudeRef: "N" } };
    const photograph = await halves(64, 64).as("jpeg", { exif, orientation: 6 });
    expect(photograph.includes("Ada Lovelace")).toBe(true);

    const picture = await encoded(photograph);
    const { exif: keptExif, icc, xmp, orientation } = await sharp(picture).metadata();
    expect([keptExif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(Buffer.from(picture).includes("Ada Lovelace")).toBe(false);
    // Turned by a quarter: what was on the left is on top.
    expect([await colourAt(picture, 128, 10), await colourAt(picture, 128, 245)]).toEqual(["red", "blue"]);
  });

  it("makes a still picture of an animation", async () => {
    const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 0), Buffer.alloc(8 * 8 * 3, 255)]);
    const animation = await sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect(animation.toString("latin1")).toContain("NETSCAPE2.0");

    const { pages = 1 } = await sharp(await encoded(animation)).metadata();
    expect(pages).toBe(1);
  });

  it("leaves out what was hung on to the end for another program", async () => {
    const polyglot = Buffer.concat([await halves(8, 8).as("gif"), Buffer.from("<script>alert(1)</script>")]);

    expect(Buffer.from(await encoded(polyglot)).includes("script")).toBe(false);
  });

  it.each([
    [MAX_PICTURE_BYTES, true],
    [MAX_PICTURE_BYTES + 1, false],
  ])("takes a file of %i bytes: %s", async (length, taken) => {
    const result = await encodePicture(await filledTo(length));

    expect(result.ok || result.refusal).toBe(taken || "too_large");
  });

  it.each([
    [5000, 5000, true],
    [5000, 5001, false],
  ])("takes %i × %i pixels, however small the file is: %s", async (width, height, taken) => {
    const bomb = await sharp({ create: { width, height, channels: 3, background: "#fff" } })
      .toColourspace("b-w")
      .png({ compressionLevel: 1 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(300_000);
    const result = await encodePicture(bomb);

    expect(result.ok || result.refusal).toBe(taken || "unreadable");
  });

  it("refuses a file that is cut off, or is one in its first bytes only", async () => {
    const whole = await halves(300, 300).as("jpeg");
    const pretended = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from("<svg/>")]);

    for (const bytes of [whole.subarray(0, whole.length / 2), pretended]) {
      expect(await encodePicture(bytes)).toEqual({ ok: false, refusal: "unreadable" });
    }
  });

  it.each([
    ["SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")],
    ["nothing", Buffer.alloc(0)],
  ])("refuses %s", async (_, bytes) => {
    expect(await encodePicture(bytes)).toEqual({ ok: false, refusal: "unsupported_type" });
  });

  it("leaves decoders of other formats out of reach, should one be named wrongly", async () => {
    await expect(
      sharp(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")).toBuffer(),
    ).rejects.toThrow("unsupported image format");
  });

  it("goes on after a refusal", async () => {
    const results = await Promise.all([
      encodePicture(Buffer.from([0xff, 0xd8, 0xff, 0])),
      encodePicture(await halves(8, 8).as("png")),
    ]);

    expect(results.map(({ ok }) => ok)).toEqual([false, true]);
  });
});
