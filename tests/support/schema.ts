import { readSource } from "./source-files";

/** A field of the data model. */
interface SchemaField {
  readonly name: string;
  /** The name of its type: a scalar, or another model. */
  readonly type: string;
  readonly optional: boolean;
  /** What stands behind it, such as `@relation(...)`. */
  readonly attributes: string;
}

/** A model of the data model, with the table that it is stored in. */
export interface SchemaModel {
  readonly name: string;
  readonly table: string;
  /** What is stored in the table. */
  readonly columns: readonly SchemaField[];
  /** The models that its rows point to. */
  readonly parents: readonly SchemaField[];
}

/** The models of prisma/schema.prisma. */
export function schemaModels(): SchemaModel[] {
  const blocks = [...readSource("prisma/schema.prisma").matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
  const names = new Set(blocks.map(([, name]) => name));
  return blocks.map(([, name = "", body = ""]) => {
    const fields = [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\S*)(.*)$/gm)].map(
      ([, field = "", type = "", mark = "", attributes = ""]) => ({
        name: field,
        type,
        optional: mark === "?",
        attributes,
      }),
    );
    return {
      name,
      table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
      columns: fields.filter(({ type }) => !names.has(type)),
      parents: fields.filter(({ type, attributes }) => names.has(type) && attributes.includes("fields:")),
    };
  });
}
