/** A shorter time would ask again before anybody could be back from being asked. */
const SHORTEST_ASKABLE_SECONDS = 60;

/**
 * Whether somebody proved recently enough who they are (S14).
 *
 * @param authTime - When they did: `auth_time` of the session, in seconds since the epoch.
 * @param maxAgeSeconds - How long ago that may be; less than 60 counts as 60.
 */
export function authenticatedWithin(authTime: number, maxAgeSeconds: number, now: Date): boolean {
  return now.getTime() / 1000 - authTime <= Math.max(maxAgeSeconds, SHORTEST_ASKABLE_SECONDS);
}
