/** Plain one-colour glyphs, drawn for this product; a provider without one gets a key. */
const GLYPHS: Readonly<Record<string, string>> = {
  google: "M20.5 12.2h-8.3M20.5 12.2a8.4 8.4 0 1 1-2.4-6",
  github:
    "M9 20.5v-3.2c-3.6.9-4.3-1.6-5.6-2.1M15 20.5v-3.6c0-1-.3-1.6-.8-2 2.7-.3 5-1.3 5-5.4a4.3 4.3 0 0 0-1.2-3c.2-.7.2-1.7-.2-2.6-1.2 0-2.4.7-3 1.2a10.5 10.5 0 0 0-5.6 0c-.6-.5-1.8-1.2-3-1.2-.4.9-.4 1.9-.2 2.6a4.3 4.3 0 0 0-1.2 3c0 4.1 2.3 5.1 5 5.4-.5.4-.8 1-.8 2",
};
const KEY = "M14.5 14.5a5 5 0 1 0-4.9-4L3.5 16.6v3.9h3.9v-2.3h2.3v-2.3l1.7-1.7c.9.3 2 .3 3.1.3ZM15.8 8.2v.1";

/** A small sign beside a provider's name; the name itself is always written out. */
export function ProviderIcon({ providerId }: { providerId: string }) {
  const glyph = Object.hasOwn(GLYPHS, providerId) ? GLYPHS[providerId] : undefined;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-5 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth={glyph ? 2 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={glyph ?? KEY} />
    </svg>
  );
}
