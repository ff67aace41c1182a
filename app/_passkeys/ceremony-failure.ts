/** Why a browser or its authenticator gave no answer. */
export type CeremonyFailure = "superseded" | "timed_out" | "cancelled" | "known_already" | "unsuitable" | "failed";

/**
 * Tells failures of a ceremony apart, as far as browsers do: to a page, being cancelled and having no fitting passkey are the
 * same, so that it learns nothing about what is on the device.
 *
 * @param elapsedMs - How long it took to fail.
 * @param timeoutMs - How long the browser was asked to wait.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-privacy-considerations-client
 */
export function ceremonyFailure(
  error: unknown,
  elapsedMs: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): CeremonyFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  switch (cause instanceof Error ? cause.name : "") {
    case "AbortError":
      return "superseded";
    case "NotAllowedError":
      return elapsedMs >= timeoutMs ? "timed_out" : "cancelled";
    case "InvalidStateError":
      return "known_already";
    case "ConstraintError":
    case "NotSupportedError":
      return "unsuitable";
    default:
      return "failed";
  }
}
