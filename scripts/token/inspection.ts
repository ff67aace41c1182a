/** What was found out about a pasted token. */
export interface Inspection {
  readonly title: string;
  /** Label and words, in the order of their showing. */
  readonly facts: readonly (readonly [label: string, words: string])[];
  /** False when there was nothing to verify it with. */
  readonly verified: boolean;
  /** Why it would be refused: none, and verified, means that it would be accepted. */
  readonly reasons: readonly string[];
  /** What could not be looked at. */
  readonly gaps: readonly string[];
}

/** What stands behind the command: absent where it can't be asked. */
export interface Sources {
  readonly now: Date;
  readonly hasDatabase: boolean;
}
