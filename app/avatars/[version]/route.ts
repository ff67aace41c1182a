import { Problem } from "@/app/_request/problem";
import { route } from "@/app/_request/route";
import { findAvatar } from "@/features/avatar/data";

const VERSION = /^[\w-]{43}$/;
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * A person's picture. Its address is random and changes with the picture: whoever was shown it may keep it, in their own
 * browser but in no cache that is shared, where it would outlive its removal.
 */
async function getAvatar(_request: Request, { params }: { params: Promise<{ version: string }> }): Promise<Response> {
  const { version } = await params;
  const avatar = VERSION.test(version) ? await findAvatar(version) : null;
  if (!avatar) throw new Problem("not_found");
  return new Response(avatar.data, {
    headers: {
      "Content-Type": avatar.contentType,
      "Cache-Control": `private, max-age=${ONE_YEAR_SECONDS}, immutable`,
      // Should a browser ever take it for a page: one that can do nothing.
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getAvatar });
