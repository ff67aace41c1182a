/** A mistake that somebody might make, as an exact replacement: it fails to be planted once the code has moved on. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Each of them must be caught by the model. */
export const PLANTED_FAULTS: readonly Fault[] = [
  {
    name: "a superseded generation moves the row, too",
    file: "data.ts",
    from: "AND s.generation <= $2 AND",
    to: "AND",
  },
  {
    name: "a generation counts as confirmed when it is issued",
    file: "data.ts",
    from: "SET generation = $2 + 1, confirmed_generation = $2,",
    to: "SET generation = $2 + 1, confirmed_generation = $2 + 1,",
  },
  {
    name: "the page that is rendered behind the gate confirms what the gate has issued",
    file: "check-session.ts",
    from: "if (mayRotate) confirmations()",
    to: "if (mayRotate || claims) confirmations()",
  },
  {
    name: "no generation is ever confirmed by being presented",
    file: "check-session.ts",
    from: "confirmations().note(claims.sid, claims.gen);",
    to: "confirmations();",
  },
  {
    name: "the feed goes back by nothing, and misses what was committed late",
    file: "revocation-feed.ts",
    from: "const OVERLAP_SECONDS = 10;",
    to: "const OVERLAP_SECONDS = 0;",
  },
  {
    name: "superseded generations are excused for ever",
    file: "standing.ts",
    from: "filter((rotatedAt) => rotatedAt > graceSince)",
    to: "filter((rotatedAt) => rotatedAt > graceSince || graceSince)",
  },
  {
    name: "a lost answer is taken for theft",
    file: "standing.ts",
    from: 'superseded === 1 && row.confirmedGeneration < row.generation ? "successor_lost" : "reuse"',
    to: '"reuse"',
  },
  {
    name: "parallel requests get no grace",
    file: "standing.ts",
    from: 'return "excused";',
    to: 'return "reuse";',
  },
  {
    name: "a database failure ends the session",
    file: "check-session.ts",
    from: ': { state: "unavailable" };\n  }',
    to: ': { state: "ended", reason: await Promise.resolve("account_deleted" as const), claims };\n  }',
  },
  {
    name: "inside the window nobody looks at the feed",
    file: "check-session.ts",
    from: "const verdict = feed.verdict(claims);",
    to: 'const verdict = secondsInsideWindow(claims, options.now) > 0 ? { kind: "nothing" as const } : feed.verdict(claims);',
  },
  {
    name: "fresh routes take the feed as it is",
    file: "check-session.ts",
    from: "options.fresh ? 0 : env().REVOCATION_MAX_STALENESS",
    to: "env().REVOCATION_MAX_STALENESS",
  },
  {
    name: "idle time is not looked at",
    file: "data.ts",
    from: "AND s.idle_expires_at > $3 AND",
    to: "AND",
  },
  {
    name: "a page rotates while it is rendered",
    file: "check-session.ts",
    from: "options.mayRotate ? await rotate(claims, options) : await readRow(claims, options)",
    to: "await rotate(claims, options)",
  },
  {
    name: "the instance that ends a session learns of it from the feed like any other",
    file: "end-session.ts",
    from: "revocationFeed().noteEnded(ended, reason);\n  if (ended.length > 0) {",
    to: "if (ended.length > 0) {",
  },
  {
    name: "a client that lost an answer gets one more generation instead of the same",
    file: "data.ts",
    from: "data: { lastSeenAt: rotation.now,",
    to: "data: { generation: { increment: 1 }, lastSeenAt: rotation.now,",
  },
  {
    name: "a session that has ended ends again, for the last reason",
    file: "data.ts",
    from: "WHERE ended_at IS NULL AND (id = ANY",
    to: "WHERE (id = ANY",
  },
  {
    name: "a session that has ended can still be rotated",
    file: "data.ts",
    from: "AND s.ended_at IS NULL AND u.disabled_at IS NULL\n",
    to: "AND u.disabled_at IS NULL\n",
  },
  {
    name: "an instance without its database goes on for ever",
    file: "revocation-feed.ts",
    from: "ageMs > env().REVOCATION_OUTAGE_GRACE * 1000",
    to: "ageMs > env().REVOCATION_OUTAGE_GRACE * 1_000_000",
  },
  {
    name: "changed claims wait for the next rotation",
    file: "check-session.ts",
    from: ' || verdict.kind === "claims_changed" || ',
    to: " || ",
  },
];
