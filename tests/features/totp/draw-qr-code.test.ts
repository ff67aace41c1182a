import { describe, expect, it } from "vitest";

import { drawQrCode } from "@/features/totp/draw-qr-code";

describe("drawQrCode", () => {
  it("draws the three finder patterns inside a quiet zone of four modules", () => {
    const { size, path } = drawQrCode("otpauth://totp/Latchkey:ada@x.test?secret=GEZDGNBVGY3TQOJQ");
    const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`));
    const corner = (x: number, y: number) =>
      [0, 3, 6].map((offset) => dark.has(`${x + offset},${y + offset}`)).concat(dark.has(`${x + 1},${y + 1}`));

    const far = size - 4 - 7;
    for (const [x, y] of [
      [4, 4],
      [far, 4],
      [4, far],
    ] as const) {
      expect(corner(x, y)).toEqual([true, true, true, false]);
    }
    const coordinates = [...dark].flatMap((point) => point.split(",").map(Number));
    expect([Math.min(...coordinates), Math.max(...coordinates)]).toEqual([4, size - 5]);
  });
});
