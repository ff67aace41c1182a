import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/** What a message takes: each value by its name and kind, and each tag. Kinds that format alike in every language are one. */
export interface Taken {
  readonly name: string;
  readonly kind: "text" | "number" | "moment" | "plural" | "tag" | `select ${string}`;
}

/** All messages below a node, by their paths: `signIn.form.email`. */
export function flatten(node: unknown, path = ""): Map<string, string> {
  if (typeof node === "string") return new Map([[path, node]]);
  const entries = Object.entries(node as Record<string, unknown>);
  return new Map(entries.flatMap(([key, child]) => [...flatten(child, path === "" ? key : `${path}.${key}`)]));
}

/** What a message takes, without repetitions, in order of the names. Throws where it is not well formed. */
export function takenBy(message: string): Taken[] {
  const found = new Map(collect(parse(message)).map((taken) => [`${taken.name} ${taken.kind}`, taken]));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, taken]) => taken);
}

function collect(elements: readonly MessageFormatElement[]): Taken[] {
  return elements.flatMap((element): Taken[] => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.argument:
        return [{ name: element.value, kind: "text" }];
      case TYPE.number:
        return [{ name: element.value, kind: "number" }];
      case TYPE.date:
      case TYPE.time:
        return [{ name: element.value, kind: "moment" }];
      case TYPE.tag:
        return [{ name: element.value, kind: "tag" }, ...collect(element.children)];
      case TYPE.select: {
        const kind = `select ${Object.keys(element.options).sort().join(" ")}` as const;
        return [{ name: element.value, kind }, ...branchesOf(element.options)];
      }
      case TYPE.plural:
        return [{ name: element.value, kind: "plural" }, ...branchesOf(element.options)];
      default:
        throw new Error(`Unknown part of a message: ${JSON.stringify(element satisfies never)}`);
    }
  });
}

const branchesOf = (options: Readonly<Record<string, { value: MessageFormatElement[] }>>) =>
  Object.values(options).flatMap(({ value }) => collect(value));

/** Values for a message, one set for each way that it may go. */
export function samplesFor(taken: readonly Taken[]): Record<string, unknown>[] {
  const ways = Math.max(1, ...taken.map((value) => samplesOf(value).length));
  return Array.from({ length: ways }, (_, way) =>
    Object.fromEntries(
      taken.map((value) => {
        const samples = samplesOf(value);
        return [value.name, samples[way % samples.length]];
      }),
    ),
  );
}

function samplesOf({ kind }: Taken): readonly unknown[] {
  switch (kind) {
    case "text":
      return ["app.example"];
    case "number":
    case "plural":
      // One of each of Arabic's six plural forms.
      return [0, 1, 2, 3, 11, 100];
    case "moment":
      return [new Date(0)];
    case "tag":
      return [(text: unknown) => text];
    default:
      return kind.split(" ").slice(1);
  }
}
