import { brand } from "@/brand";

/** The mark and the name, leading home; by a full load, since the router may be what broke. */
export function Logo() {
  return (
    <a href="/" className="inline-flex min-h-11 items-center gap-2.5 rounded-md font-semibold tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-7">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path d={brand.mark} className="fill-on-accent" />
      </svg>
      <span className="text-lg">{brand.name}</span>
    </a>
  );
}
