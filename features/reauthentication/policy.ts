/** Ending all other sessions can lock their owner's devices out, so that a laptop left open is not enough for it. */
export const END_OTHERS_MAX_AGE_SECONDS = 60 * 60;

/** What a session's cookie says about the person is shown only to whoever has just proved who they are. */
export const SESSION_DETAILS_MAX_AGE_SECONDS = 10 * 60;

/** Connecting and disconnecting a provider changes who can sign in to the account. */
export const CHANGE_CONNECTIONS_MAX_AGE_SECONDS = 10 * 60;
