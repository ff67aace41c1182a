/** Browsers send what gathered in a minute or so at once; more of one page in one go tells nothing new. */
export const MAX_REPORTS_PER_REQUEST = 20;

/** Log lines of one instance, so that nobody fills a disk with them: what is wrong with a page, the first few say. */
export const MAX_LINES_PER_MINUTE = 30;

/** Of each text in a line, in characters. */
export const MAX_TEXT_LENGTH = 200;
