import { findSignInMethods } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { findConnections, type StoredConnection } from "./data";
import { leavesWayIn } from "./leaves-way-in";

/** A connection as its owner sees it. */
export interface ListedConnection extends StoredConnection {
  /** Nothing else is there to sign in with, so that it can't be disconnected. */
  readonly isLastSignInMethod: boolean;
}

/** What a person has connected, the oldest first. */
export async function listConnections(userId: UserId): Promise<ListedConnection[]> {
  const [connections, methods] = await Promise.all([findConnections(userId), findSignInMethods(userId)]);
  return connections.map((connection) => {
    return { ...connection, isLastSignInMethod: !leavesWayIn(methods, connection.provider) };
  });
}
