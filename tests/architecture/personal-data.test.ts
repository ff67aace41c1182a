import { describe, expect, it } from "vitest";

import { EXPORTED, NOT_EXPORTED, WITHHELD } from "@/features/account-export/selection";
import { type SchemaModel, schemaModels } from "../support/schema";

/** Tables that hold nothing about anybody, and why. */
const NOBODYS: Readonly<Record<string, string>> = {
  SigningKey: "Keys of the site itself.",
  Instance: "Running servers, and the ids of their secrets.",
};

const models = schemaModels();
const selects: Readonly<Record<string, Readonly<Record<string, true>>>> = EXPORTED;
const withheld: Readonly<Record<string, Readonly<Record<string, string>>>> = WITHHELD;

/** Columns that say whose a row is, whatever table they stand in. */
const POINTS_TO_SOMEBODY = /^(?:userId|sessionId|\w*[eE]mail|recipient|identifier|ip|userAgent)$/;

/** Whether rows of this model are somebody's: by a column, or through the row that they hang on. */
function isPersonal({ name, columns, parents }: SchemaModel): boolean {
  if (columns.some((column) => POINTS_TO_SOMEBODY.test(column.name))) return true;
  return parents.some(
    (parent) => parent.type !== name && models.some((one) => one.name === parent.type && isPersonal(one)),
  );
}

const personal = models.filter(isPersonal).map(({ name }) => name);

describe("A98: personal data", () => {
  it("is found where the schema has it", () => {
    expect(models.length).toBeGreaterThan(20);
    expect(personal).toEqual(expect.arrayContaining(["User", "Session", "ProviderToken", "SignUp", "AuditEvent"]));
    expect(models.map(({ name }) => name).filter((name) => !personal.includes(name))).toEqual(Object.keys(NOBODYS));
  });

  it("is exported from every table, or there is a reason why not", () => {
    expect(personal.filter((name) => !(name in EXPORTED) && !(name in NOT_EXPORTED))).toEqual([]);
    expect([...Object.keys(EXPORTED), ...Object.keys(NOT_EXPORTED)].filter((name) => !personal.includes(name))).toEqual(
      [],
    );
  });

  it.each(Object.keys(EXPORTED))("is exported from every column of %s, or there is a reason why not", (name) => {
    const columns = models.find((model) => model.name === name)?.columns.map((column) => column.name) ?? [];
    const named = [...Object.keys(selects[name] ?? {}), ...Object.keys(withheld[name] ?? {})];

    expect(named.toSorted()).toEqual(columns.toSorted());
  });

  it.each(Object.keys(EXPORTED))("is exported from %s without secrets", (name) => {
    const columns = Object.keys(selects[name] ?? {});

    expect(columns.filter((column) => /hash|secret|sealed|^token$/i.test(column))).toEqual([]);
  });
});
