/**
 * Which version of the terms of use and the privacy notice is current: the day that it applies from. Name another day here when
 * you change what `/terms` or `/privacy` says in a way that people have to agree to: everybody who is signed in is asked once.
 */
export const TERMS_VERSION = "2026-11-01";
