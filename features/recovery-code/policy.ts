/** How many codes a person is given at once. */
export const CODES_AT_ONCE = 10;

/**
 * 24 characters of five bits: 120 bits, so that a plain hash keeps them. ASVS 5.0 V6.5.2 asks for a password hash below 112, and
 * a keyed one would make the codes worthless, unnoticed, on the day that its key is rotated out (S12).
 */
export const CODE_CHARACTERS = 24;

/** Fewer than this left, and it is time for new ones. */
export const FEW_CODES = 3;
