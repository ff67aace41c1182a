/** The plate of a door lock: the one picture of the product. */
export function LockPlate() {
  return (
    <svg aria-hidden="true" viewBox="0 0 200 280" className="hidden h-72 w-auto md:block">
      <rect x="2" y="2" width="196" height="276" rx="34" className="fill-surface stroke-border" strokeWidth="2" />
      <rect x="14" y="14" width="172" height="252" rx="24" className="fill-none stroke-border" />
      <g className="fill-background stroke-border-strong">
        <circle cx="100" cy="42" r="9" />
        <circle cx="100" cy="238" r="9" />
        <path d="m95 46 10-8M95 234l10 8" strokeLinecap="round" strokeWidth="1.5" />
      </g>
      <circle cx="100" cy="140" r="58" className="fill-accent-soft" />
      <path d="M100 101a25 25 0 0 1 11.6 47.2L120 182H80l8.4-33.8A25 25 0 0 1 100 101Z" className="fill-accent" />
    </svg>
  );
}
