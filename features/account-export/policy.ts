/** An export is all that is known of somebody in one file: a laptop left open is not enough to get it. */
export const EXPORT_MAX_AGE_SECONDS = 10 * 60;

/** The period that a person's exports are counted over. */
export const EXPORT_PERIOD_SECONDS = 60 * 60;

/** Exports of one person in a period: more than anybody needs, fewer than would keep a database busy. */
export const MAX_EXPORTS = 10;
