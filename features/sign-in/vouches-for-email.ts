/**
 * Whether a provider says that it has checked the e-mail address of these claims. Saying nothing is not saying yes.
 *
 * Names: `email_verified` of OpenID Connect (some send it as a string), `verified_email` of Google's older endpoint,
 * `verified` of Discord.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 */
export function vouchesForEmail(profile: Readonly<Record<string, unknown>>): boolean {
  const claim = profile["email_verified"] ?? profile["verified_email"] ?? profile["verified"];
  return claim === true || claim === "true";
}
