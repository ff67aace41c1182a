import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";
import { outgoingFetch } from "@/lib/outgoing/outgoing-fetch";
import { ownReach } from "@/lib/outgoing/reach";
import { type Result, refuse } from "@/lib/result";
import { isUuid } from "@/lib/uuid";
import { setAvatar } from "./change-avatar";
import { findPictureUrl } from "./data";
import type { PictureRefusal } from "./encode-picture";
import { MAX_PICTURE_BYTES } from "./policy";

export type ProviderPictureRefusal =
  /** The connection is gone, nobody of this person's, or its provider told of no picture. */
  | "no_picture"
  /** The provider doesn't answer in time, or with something else than the file. */
  | "not_fetched"
  | PictureRefusal;

/**
 * Makes the picture that a provider has of a person into their picture here: fetched once, and from then on a copy like one
 * that was uploaded. Nobody's browser ever asks the provider for it, so it doesn't learn who opens which page when.
 *
 * The address is the provider's word: it is called within the limits of `outgoingFetch`, and what comes is decoded and
 * written anew.
 *
 * @param connectionId - As received.
 */
export async function copyProviderPicture(
  userId: UserId,
  connectionId: string,
  origin: RequestOrigin,
): Promise<Result<null, ProviderPictureRefusal>> {
  const url = isUuid(connectionId) ? await findPictureUrl(userId, connectionId) : null;
  if (url === null) return refuse("no_picture");
  const unverifiedBytes = await fetchPicture(url);
  if (unverifiedBytes === null) return refuse("not_fetched");
  return setAvatar(userId, unverifiedBytes, origin);
}

// One pool of connections.
let call: ReturnType<typeof outgoingFetch> | undefined;

async function fetchPicture(url: string): Promise<Uint8Array | null> {
  call ??= outgoingFetch(ownReach(), { maxBytes: MAX_PICTURE_BYTES });
  try {
    const answer = await call(url, { headers: { accept: "image/webp,image/jpeg,image/png,image/gif" } });
    return answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.warn({ error }, "a provider's picture can't be fetched");
    return null;
  }
}
