import { brand } from "@/brand";
import { type AccentColours, accentPalette } from "@/lib/accent-palette";

const palette = accentPalette(brand.accent);
const accentOf = (colours: AccentColours) => ({
  accent: colours.accent,
  "on-accent": colours["on-accent"],
  "accent-soft": colours["accent-soft"],
});

/**
 * The colours of mails: those of app/globals.css and app/theme.css, which a mail can't refer to. tests/features/mail/mail-styles.test.ts
 * holds the two together.
 */
export const MAIL_COLOURS = {
  light: {
    background: "#f8f7f4",
    surface: "#ffffff",
    foreground: "#191d21",
    muted: "#596068",
    border: "#e3e0da",
    ...accentOf(palette.light),
  },
  dark: {
    background: "#101315",
    surface: "#171b1e",
    foreground: "#eceae5",
    muted: "#a2a8ae",
    border: "#2a3035",
    ...accentOf(palette.dark),
  },
} as const;

const { light, dark } = MAIL_COLOURS;
const WORDS_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const DIGITS_FONT = "ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,monospace";
const WORDS = { fontFamily: WORDS_FONT, fontSize: "16px", lineHeight: "1.55" };
const SMALL_WORDS = { ...WORDS, fontSize: "14px" };

/** What has to hold in every mail program stands on the elements themselves: many ignore style sheets, or parts of them. */
export const STYLES = {
  page: { margin: 0, padding: "24px 12px", backgroundColor: light.background },
  frame: { maxWidth: "560px" },
  brand: { ...WORDS, margin: "0 4px 12px", color: light.accent, fontSize: "18px", fontWeight: 650 },
  card: {
    // Below, the last block adds its margin.
    padding: "28px 24px 12px",
    border: `1px solid ${light.border}`,
    borderRadius: "16px",
    backgroundColor: light.surface,
    color: light.foreground,
    // Otherwise the frame of the card is swallowed by its rows.
    borderCollapse: "separate",
  },
  paragraph: { ...WORDS, margin: "0 0 16px" },
  details: { ...SMALL_WORDS, width: "100%", margin: "4px 0 20px", borderTop: `1px solid ${light.border}` },
  detailValue: { padding: "8px 0 0", width: "100%", verticalAlign: "top", wordBreak: "break-word" },
  button: {
    ...WORDS,
    margin: "8px 0 20px",
    padding: "12px 20px",
    borderRadius: "10px",
    backgroundColor: light.accent,
    color: light["on-accent"],
    fontWeight: 600,
  },
  address: { ...SMALL_WORDS, margin: "0 0 16px", color: light.muted },
  link: { color: light.accent, textDecorationLine: "underline", wordBreak: "break-all" },
  codeLabel: { ...WORDS, margin: "24px 0 12px" },
  code: {
    margin: "0 0 16px",
    padding: "14px 20px",
    borderRadius: "10px",
    backgroundColor: light["accent-soft"],
    color: light.foreground,
    fontFamily: DIGITS_FONT,
    fontSize: "30px",
    lineHeight: "1.2",
    letterSpacing: "0.2em",
  },
  footer: { ...SMALL_WORDS, margin: "16px 4px 0", color: light.muted },
} as const;

const LEFT = { padding: "8px 16px 0 0", textAlign: "left" } as const;
const RIGHT = { padding: "8px 0 0 16px", textAlign: "right" } as const;

/** The label of a detail, before its value: many programs don't know what start and end are, so they are told a side. */
export function detailLabelStyle(direction: "ltr" | "rtl") {
  const side = direction === "rtl" ? RIGHT : LEFT;
  return { ...side, color: light.muted, fontWeight: 400, verticalAlign: "top", whiteSpace: "nowrap" } as const;
}

/** An extra for the programs that read it. `.page` is two elements: React Email puts its styles on a cell too. */
export const DARK_THEME = `@media (prefers-color-scheme: dark) {
.page, .page > table > tbody > tr > td { background-color: ${dark.background} !important; }
.card { background-color: ${dark.surface} !important; border-color: ${dark.border} !important; color: ${dark.foreground} !important; }
.details { border-color: ${dark.border} !important; }
.quiet { color: ${dark.muted} !important; }
.brand, .link { color: ${dark.accent} !important; }
.button { background-color: ${dark.accent} !important; color: ${dark["on-accent"]} !important; }
.code { background-color: ${dark["accent-soft"]} !important; color: ${dark.foreground} !important; }
}`;
