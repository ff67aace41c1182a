import { describe, expect, it } from "vitest";

import { DELETED_BY_ADDRESS } from "@/features/account-deletion/data";
import { EXPORTED, NOT_EXPORTED, WITHHELD } from "@/features/account-export/selection";
import { type SchemaModel, schemaModels } from "../support/schema";

/** Tables that hold nothing about anybody, and why. */
const NOBODYS: Readonly<Record<string, string>> = {
  SpentIdentifier: "Hashes of what was used up, of which nobody can be made out.",
  SigningKey: "Keys of the site itself.",
  Instance: "Running servers, and the ids of their secrets.",
  RateLimit: "Keyed hashes, from which nobody can be found, for as long as a limit lasts.",
};

/** Tables with ids of people that outlive an account, and why. docs/privacy.md says it to people. */
const OUTLIVE_THE_ACCOUNT: Readonly<Record<string, string>> = {
  AuditEvent: "The security log can only be added to: what could be taken out of it would prove nothing.",
  RevocationFeedEntry: "Tells all servers of the end for some hours; the clean-up takes it.",
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

/** Whether rows of this model go with the person's. */
function goesWithThePerson({ name, parents }: SchemaModel): boolean {
  if (name === "User") return true;
  const holders = parents.filter(({ attributes }) => attributes.includes("onDelete: Cascade"));
  return holders.some((holder) => models.some((one) => one.name === holder.type && goesWithThePerson(one)));
}

const personal = models.filter(isPersonal).map(({ name }) => name);

const isAddress = ({ name }: { name: string }) => /^(?:\w*[eE]mail|recipient|identifier)$/.test(name);

/** A row that nobody's id need stand in may have nobody to go with. */
const isPersonOptional = ({ name, optional }: { name: string; optional: boolean }) => name === "userId" && optional;

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

  it("is deleted from every table, or there is a reason why not", () => {
    const deleted = models.filter(goesWithThePerson).map(({ name }) => name);
    const remain = personal.filter((name) => !deleted.includes(name) && !(name in DELETED_BY_ADDRESS));

    expect(deleted).toEqual(expect.arrayContaining(["Session", "Passkey", "ProviderToken"]));
    expect(remain).toEqual(Object.keys(OUTLIVE_THE_ACCOUNT));
  });

  it("hangs on an address in no other column than deleting an account looks at", () => {
    const columns = Object.fromEntries(
      models
        .filter((model) => !goesWithThePerson(model) || model.columns.some(isPersonOptional))
        .flatMap(({ name, columns }) => columns.filter(isAddress).map((column) => [name, column.name])),
    );

    expect(columns).toEqual(DELETED_BY_ADDRESS);
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
