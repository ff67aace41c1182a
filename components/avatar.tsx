const SIZES = { small: "size-full text-base", large: "size-20 text-3xl" } as const;

interface AvatarProps {
  /** Whose it is; what it begins with stands in for a missing picture. */
  name: string;
  /** The picture's address on this site; null when there is none. */
  image: string | null;
  size: keyof typeof SIZES;
}

/** A person's picture, or the first letter of the name. It says nothing that the words beside it don't. */
export function Avatar({ name, image, size }: AvatarProps) {
  const shape = `grid place-items-center overflow-hidden rounded-full bg-accent-soft font-semibold text-accent ${SIZES[size]}`;
  if (image === null) {
    return (
      <span aria-hidden="true" className={shape}>
        {initialOf(name)}
      </span>
    );
  }
  // biome-ignore lint/performance/noImgElement: it has its final size already, and next/image writes inline styles, which the policy refuses
  return <img src={image} alt="" width={256} height={256} className={`${shape} object-cover`} />;
}

/** The first character as a person would count it, also where it takes several code units. */
function initialOf(name: string): string {
  return (Array.from(name.trim())[0] ?? "?").toLocaleUpperCase();
}
