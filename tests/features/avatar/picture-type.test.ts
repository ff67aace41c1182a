import { describe, expect, it } from "vitest";

import { pictureTypeOf } from "@/features/avatar/picture-type";
import { halves } from "./pictures";

describe("pictureTypeOf", () => {
  it.each(["jpeg", "png", "webp", "gif"] as const)("knows a file as %s by its first bytes", async (format) => {
    expect(pictureTypeOf(await halves(8, 8).as(format))).toBe(`image/${format}`);
  });

  it.each([
    ["nothing", ""],
    ["SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["SVG behind an XML declaration", "<?xml version='1.0'?><svg/>"],
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["PDF", "%PDF-1.7"],
    ["TIFF", "II*\0"],
    ["AVIF", "\0\0\0 ftypavif"],
    ["a sound in the container of WebP", "RIFF\0\0\0\0WAVE"],
    ["the first bytes of a PNG and no more", "\x89PNG\r\n\x1a"],
    ["a PNG with a byte before it", " \x89PNG\r\n\x1a\n"],
  ])("takes no %s for a picture", (_, bytes) => {
    expect(pictureTypeOf(Buffer.from(bytes, "latin1"))).toBeNull();
  });
});
