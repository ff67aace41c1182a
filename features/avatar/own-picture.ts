/**
 * A person's picture as this site keeps it; null when there is none.
 *
 * Right after signing up with a provider the address can be one at the provider, which is not shown: it would tell the
 * provider of each page that the person opens.
 */
export function ownPicture(image: string | null | undefined): string | null {
  return image?.startsWith("/avatars/") ? image : null;
}
