import { describe, expect, it } from "vitest";

import { FORM_FIELDS, isFormField } from "@/app/_request/form-fields";
import { readSource, sourceFiles } from "../support/source-files";

const READ = /\bform(?:Text|Field)\(\w+, "(\w+)"\)/g;
const SHOWN = /\bname="(\w+)"/g;

const namesIn = (paths: readonly string[], pattern: RegExp) =>
  new Set(paths.flatMap((path) => [...readSource(path).matchAll(pattern)].map(([, name = ""]) => name)));

describe("FORM_FIELDS (A94)", () => {
  const read = namesIn(sourceFiles(/^app\/.*\.tsx?$/), READ);
  const shown = namesIn(sourceFiles(/^(?:app\/(?!dev\/components\/)|components\/).*\.tsx$/), SHOWN);

  it("has every field that an action reads or a form shows", () => {
    expect([...read, ...shown].filter((name) => !FORM_FIELDS.has(name))).toEqual([]);
  });

  it("has no other", () => {
    expect([...FORM_FIELDS].filter((name) => !read.has(name) && !shown.has(name))).toEqual([]);
  });
});

describe("isFormField", () => {
  it.each(["email", "_1_email", "_a0_password", "$ACTION_KEY", "$ACTION_REF_1", `$ACTION_ID_${"a0".repeat(21)}`])(
    "knows %s",
    (name) => {
      expect(isFormField(name)).toBe(true);
    },
  );

  it.each(["role", "_1_role", "_email", "email_1", "EMAIL", "_1__1_email", "$ACTION_OTHER", "", "constructor"])(
    "knows no %j",
    (name) => {
      expect(isFormField(name)).toBe(false);
    },
  );
});
