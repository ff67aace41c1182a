/** What the accent is seen on; app/globals.css has the same. */
const GROUNDS = { light: ["#f8f7f4", "#ffffff"], dark: ["#101315", "#171b1e"] } as const;

/** WCAG 2.2 AA, 1.4.3: for words. What stands on the accent, and the accent on its own soft ground, are words too. */
const LEAST_CONTRAST = 4.5;
/** WCAG 2.2 AAA, 1.4.6: for whoever asks for more. */
const MORE_CONTRAST = 7;
/** In the dark an accent glows: it is lightened until it stands out as one that was chosen for it. */
const DARK_CONTRAST = 9;
const STEP = 0.005;

/** One theme's colours that follow from the accent, by the names of their tokens. */
export interface AccentColours {
  readonly accent: string;
  readonly "accent-hover": string;
  readonly "on-accent": string;
  readonly "accent-soft": string;
  readonly ring: string;
}

interface Hsl {
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
}

/**
 * Both themes' colours for an accent, and what the light one has in place of them for whoever asks for more contrast. In the dark
 * there is enough.
 *
 * @param accent - As `#rrggbb`, for the light theme. Whether it can be read is for `readableAccent` to say.
 */
export function accentPalette(accent: string): {
  light: AccentColours;
  lightWithMoreContrast: Omit<AccentColours, "on-accent" | "accent-soft">;
  dark: AccentColours;
} {
  const base = toHsl(accent);
  const softened = { ...base, saturation: base.saturation * 0.6 };
  const dark = lighten({ ...base, saturation: Math.min(base.saturation, 0.6) }, (hex) =>
    reaches(hex, "dark", DARK_CONTRAST),
  );
  const soft = toHex({ ...softened, lightness: 0.93 });
  const darker = darken(base, (hex) => reaches(hex, "light", MORE_CONTRAST) && contrast(hex, soft) >= MORE_CONTRAST);
  const shift = (by: number, from: Hsl) => toHex({ ...from, lightness: from.lightness + by });
  return {
    light: {
      accent: accent.toLowerCase(),
      "accent-hover": shift(-0.05, base),
      "on-accent": "#ffffff",
      "accent-soft": soft,
      ring: accent.toLowerCase(),
    },
    lightWithMoreContrast: { accent: toHex(darker), "accent-hover": shift(-0.05, darker), ring: toHex(darker) },
    dark: {
      accent: toHex(dark),
      "accent-hover": shift(0.08, dark),
      "on-accent": toHex({ ...base, lightness: 0.1 }),
      "accent-soft": toHex({ ...softened, lightness: 0.15 }),
      ring: toHex(dark),
    },
  };
}

/**
 * The nearest accent of the same hue that can be read in the light theme: as words on the page, and under white words.
 *
 * @returns The very accent that was given, where it can.
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export function readableAccent(accent: string): string {
  const canBeRead = (hex: string) => {
    const { light } = accentPalette(hex);
    return reaches(hex, "light", LEAST_CONTRAST) && contrast(hex, light["accent-soft"]) >= LEAST_CONTRAST;
  };
  if (canBeRead(accent)) return accent.toLowerCase();
  return toHex(darken(toHsl(accent), canBeRead));
}

/** Contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const reaches = (hex: string, theme: keyof typeof GROUNDS, least: number) =>
  GROUNDS[theme].every((ground) => contrast(hex, ground) >= least);

function lighten(from: Hsl, until: (hex: string) => boolean): Hsl {
  let hsl = from;
  while (!until(toHex(hsl)) && hsl.lightness < 1) hsl = { ...hsl, lightness: hsl.lightness + STEP };
  return hsl;
}

function darken(from: Hsl, until: (hex: string) => boolean): Hsl {
  let hsl = from;
  while (!until(toHex(hsl)) && hsl.lightness > 0) hsl = { ...hsl, lightness: hsl.lightness - STEP };
  return hsl;
}

const channelsOf = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @see https://www.w3.org/TR/css-color-4/#rgb-to-hsl */
function toHsl(hex: string): Hsl {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex);
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [lightness, range] = [(most + least) / 2, most - least];
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = (most - lightness) / Math.min(lightness, 1 - lightness);
  if (most === red) return { hue: 60 * ((green - blue) / range + 6), saturation, lightness };
  return { hue: 60 * (most === green ? (blue - red) / range + 2 : (red - green) / range + 4), saturation, lightness };
}

/** @see https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function toHex({ hue, saturation, lightness: wanted }: Hsl): string {
  const lightness = Math.min(Math.max(wanted, 0), 1);
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
