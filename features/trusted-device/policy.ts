/** How long a browser is not asked for the second factor, in seconds. As it says beside the box that is ticked. */
export const TRUST_SECONDS = 30 * 24 * 60 * 60;
