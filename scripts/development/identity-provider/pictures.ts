import sharp from "sharp";

/** A picture of a persona, as it is sent. */
export interface Picture {
  readonly type: "image/svg+xml" | "image/png";
  readonly content: string | Buffer;
}

const SIZE_PIXELS = 96;
const CHANNELS = 3;
const DEGREES_PER_LETTER = 47;

/** For the provider's own pages: a letter on a disc. */
export function drawPicture(letter: string): Picture {
  const content = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><circle cx="48" cy="48" r="48" fill="hsl(${hueOf(letter)} 55% 35%)"/><text x="48" y="64" font-family="system-ui, sans-serif" font-size="46" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
  return { type: "image/svg+xml", content };
}

/** For the `picture` claim: a file like those of real providers, which apps take. The letter's colour, a disc on a lighter ground. */
export async function paintPicture(letter: string): Promise<Picture> {
  const pixels = Buffer.alloc(SIZE_PIXELS * SIZE_PIXELS * CHANNELS);
  const middle = (SIZE_PIXELS - 1) / 2;
  const [disc, ground] = [rgbOf(hueOf(letter), 0.55, 0.35), rgbOf(hueOf(letter), 0.45, 0.8)];
  for (let at = 0; at < SIZE_PIXELS * SIZE_PIXELS; at += 1) {
    const fromMiddle = Math.hypot((at % SIZE_PIXELS) - middle, Math.floor(at / SIZE_PIXELS) - middle);
    pixels.set(fromMiddle < SIZE_PIXELS / 3 ? disc : ground, at * CHANNELS);
  }
  const content = await sharp(pixels, { raw: { width: SIZE_PIXELS, height: SIZE_PIXELS, channels: CHANNELS } })
    .png()
    .toBuffer();
  return { type: "image/png", content };
}

function hueOf(letter: string): number {
  return (letter.charCodeAt(0) * DEGREES_PER_LETTER) % 360;
}

/** @see https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function rgbOf(hue: number, saturation: number, lightness: number): [number, number, number] {
  const channel = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    const share =
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(share * 255);
  };
  return [channel(0), channel(8), channel(4)];
}
