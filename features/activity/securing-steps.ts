import type { SecuringState } from "./data";

/** What to do about an account that somebody else was in. */
export type SecuringStepId =
  | "signed_in"
  | "deletion"
  | "password"
  | "email"
  | "connections"
  | "passkeys"
  | "second_factor";

/** `done`: nothing is left to do. `to_do`: it is. `to_check`: only the person can tell whether something is. */
export type SecuringStepState = "done" | "to_do" | "to_check";

/** One step on the way to an account that is its owner's alone. */
export interface SecuringStep {
  readonly id: SecuringStepId;
  readonly state: SecuringStepState;
}

/** The steps that secure an account, in the order of their urgency, with what is left to do. */
export function securingSteps(account: SecuringState): SecuringStep[] {
  const toCheck = (count: number): SecuringStepState => (count > 0 ? "to_check" : "done");
  return [
    // Whoever sees this has signed in since: the report ended every session.
    { id: "signed_in", state: "done" },
    ...(account.deletionDueAt ? [{ id: "deletion", state: "to_do" } as const] : []),
    ...(account.hasPassword ? [{ id: "password", state: account.passwordReplaced ? "done" : "to_do" } as const] : []),
    { id: "email", state: "to_check" },
    { id: "connections", state: toCheck(account.connections) },
    { id: "passkeys", state: toCheck(account.passkeys) },
    { id: "second_factor", state: account.secondFactor ? "done" : "to_do" },
  ];
}
