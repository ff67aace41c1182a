/** The first password of an account is another way into it: a laptop left open is not enough to add one (S14). */
export const SET_PASSWORD_MAX_AGE_SECONDS = 10 * 60;
