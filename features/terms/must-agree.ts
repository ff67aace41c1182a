import { TERMS_VERSION } from "./policy";

/**
 * Whether somebody is to be asked for their consent to the terms as they are now.
 *
 * @param agreed - The version that they agreed to last; null when they were never asked, as before there were terms.
 */
export function mustAgree(agreed: string | null): boolean {
  return agreed !== TERMS_VERSION;
}
