import { describe, expect, it } from "vitest";

import { readSource, sourceFiles } from "../support/source-files";

const MAY_QUERY = /^(?:features\/[^/]+\/data\.ts|lib\/db\.ts)$/;
/** auth.ts hands the client to Auth.js's adapter; scripts/, attack/ and tests/ stand outside of the app. */
const MAY_HOLD_CLIENT = /^(?:auth\.ts|scripts\/|tests\/)/;

const IMPORTS_CLIENT = /import \{[^}]*\bdb\b[^}]*\} from "@\/lib\/db"/;
const QUERIES =
  /\.\w+\.(?:find(?:Unique|First)(?:OrThrow)?|findMany|create(?:Many)?(?:AndReturn)?|update(?:Many)?(?:AndReturn)?|upsert|delete(?:Many)?|aggregate|groupBy)\(\{|\$(?:query|execute)Raw/;

const code = sourceFiles(/^(?!tests\/|scripts\/|bench\/|attack\/).*\.tsx?$/).filter((path) => !MAY_QUERY.test(path));

describe("queries", () => {
  it("stand in features/<noun>/data.ts only", () => {
    expect(code.filter((path) => QUERIES.test(readSource(path)))).toEqual([]);
  });

  it("have no client to go to anywhere else: others compose them in `inTransaction`", () => {
    expect(code.filter((path) => !MAY_HOLD_CLIENT.test(path) && IMPORTS_CLIENT.test(readSource(path)))).toEqual([]);
  });

  it.each(sourceFiles(/^features\/[^/]+\/data\.ts$/))(
    "of %s say which columns they want, on the server only",
    (path) => {
      const source = readSource(path);
      const reads = source.match(/\.find(?:Unique|First|Many)(?:OrThrow)?\(/g)?.length ?? 0;
      const selects = source.match(/\bselect(?:: |,| \})/g)?.length ?? 0;

      expect(source).toContain('import "server-only";');
      expect(selects).toBeGreaterThanOrEqual(reads);
      expect(source).not.toMatch(/\binclude: \{/);
    },
  );

  it("would be noticed", () => {
    expect(QUERIES.test("await transaction.user.findMany({ where })")).toBe(true);
    expect(QUERIES.test("transaction.$queryRaw`SELECT 1`")).toBe(true);
    expect(QUERIES.test('hash.update("x"); axios.create({ baseURL }); map.delete(key); list.find((x) => x)')).toBe(
      false,
    );
    expect(IMPORTS_CLIENT.test('import { type Database, db } from "@/lib/db";')).toBe(true);
    expect(IMPORTS_CLIENT.test('import { type Database, inTransaction } from "@/lib/db";')).toBe(false);
  });
});
