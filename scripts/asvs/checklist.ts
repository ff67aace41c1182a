/** A requirement of the OWASP Application Security Verification Standard 5.0.0, without its text. */
export interface Requirement {
  /** Such as `V6.2.1`. */
  readonly id: string;
  readonly chapter: number;
  readonly level: 1 | 2 | 3;
  /** Whether running it, reading the code or a document can show that it is met. */
  readonly shownBy: readonly ("run" | "code" | "document")[];
  /** The core ones are for every application of this kind; the others only for an authorization server. */
  readonly group: "core" | "conditional";
}

/** Up to the group no column holds a comma; what follows is the requirement's text, which stays in the file. */
const ROW = /^(V(\d+)\.\d+\.\d+),([123]),([BSD]+),[^,]*,(core|conditional),/;
const SHOWN_BY = { B: "run", S: "code", D: "document" } as const;

/**
 * Reads the checklist.
 *
 * @param csv - security/asvs/checklist.csv.
 */
export function parseChecklist(csv: string): Requirement[] {
  const [, ...rows] = csv.trimEnd().split("\n");
  return rows.map((row) => {
    const [, id = "", chapter, level, check = "", group] = ROW.exec(row) ?? [];
    if (id === "") throw new Error(`No row of the checklist: ${row.slice(0, 80)}`);
    return {
      ...{ id, chapter: Number(chapter), level: Number(level) as Requirement["level"] },
      shownBy: [...check].map((letter) => SHOWN_BY[letter as keyof typeof SHOWN_BY]),
      group: group as Requirement["group"],
    };
  });
}

/** What we say of a requirement: security/asvs/answers.json, by id. */
export interface Answer {
  readonly status: "met" | "not_met" | "not_applicable";
  /** How it is met, or why it isn't. May be empty where the evidence says all. */
  readonly how: string;
  /** `tests/a.test.ts > name of a test`, `docs/a.md#heading`, or the path of a file. */
  readonly evidence: readonly string[];
}
