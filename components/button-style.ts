export type ButtonVariant = "primary" | "secondary" | "quiet";

const BASE =
  "relative inline-flex min-h-11 cursor-pointer items-center justify-center gap-2.5 text-center text-balance rounded-control border px-5 py-2 text-[0.9375rem] font-medium leading-tight transition-colors duration-150 select-none aria-disabled:cursor-default";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border-border-strong bg-surface text-foreground hover:border-foreground hover:bg-background",
  quiet: "border-transparent text-accent hover:bg-accent-soft",
};

/** The look shared by buttons and by links that are dressed as buttons. */
export function buttonStyle(variant: ButtonVariant = "primary", wide = false): string {
  return `${BASE} ${VARIANTS[variant]} ${wide ? "w-full" : ""}`;
}
