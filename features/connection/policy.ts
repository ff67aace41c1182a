/**
 * How long a request to connect may take, in seconds: a detour to a provider, or a sign-in to one's own account.
 *
 * Shorter than the 15 minutes that Auth.js gives a flow, and its row outlives both: a flow that was begun to connect never
 * ends as a sign-in.
 */
export const CONNECTION_REQUEST_LIFETIME_SECONDS = 10 * 60;
