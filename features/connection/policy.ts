/**
 * How long a request to connect may take, in seconds: a detour to a provider, or a sign-in to one's own account.
 *
 * Shorter than the 15 minutes that Auth.js gives a flow, and its row outlives both: whoever comes too late is told so, and
 * not signed in instead.
 */
export const CONNECTION_REQUEST_LIFETIME_SECONDS = 10 * 60;
