const MINUTE_SECONDS = 60;

/** How long a flow may take, in seconds: a detour to a provider with a password and a second factor there. */
export const FLOW_LIFETIME_SECONDS = 15 * MINUTE_SECONDS;

/**
 * How long a browser keeps a flow's cookie, in seconds. Past the flow's own time it opens nothing, and shows that an answer
 * which comes too late is to something that this browser asked for.
 */
export const FLOW_COOKIE_SECONDS = 60 * MINUTE_SECONDS;

/**
 * Flows that one browser may have under way; the oldest makes room. A flow's cookie takes less than 300 bytes of each request,
 * so that all of them stay below 2 KB: servers in front refuse requests whose headers grow.
 */
export const MAX_OPEN_FLOWS = 6;

/** A longer path would make the provider's address too long for some providers; its flow leads to the start page. */
export const MAX_CALLBACK_PATH_LENGTH = 1024;
