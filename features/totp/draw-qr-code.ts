import { create } from "qrcode";

/** A QR code as one SVG path: a square of 1 by 1 for each dark module, with the quiet zone that scanners need. */
export interface QrCode {
  /** Modules per side, quiet zone included: the `viewBox`. */
  readonly size: number;
  readonly path: string;
}

/** ISO/IEC 18004 section 5.3.8 asks for four modules. */
const QUIET_ZONE = 4;

/** Draws a text here, so that no secret goes to anybody who draws QR codes. */
export function drawQrCode(text: string): QrCode {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const dark = Array.from({ length: modules.size ** 2 }, (_, index) => index).filter((index) => modules.data[index]);
  const squares = dark.map((index) => {
    const [x, y] = [index % modules.size, Math.floor(index / modules.size)];
    return `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z`;
  });
  return { size: modules.size + 2 * QUIET_ZONE, path: squares.join("") };
}
