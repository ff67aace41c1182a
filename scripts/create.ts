import { execFileSync } from "node:child_process";
import { relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";

import { brand } from "@/brand";
import { askForChoices, askForGit } from "./create/ask";
import { type Choices, nameOfFolder, objection } from "./create/choices";
import { isFree, writeApp } from "./create/write-app";
import { withProgress } from "./progress.mjs";

const USAGE = `npm run create -- DIR [options]       a new app in DIR, which is empty or not there yet
  --name NAME            what people read: "Acme portal"
  --accent "#rrggbb"     its colour
  --providers ID,ID      such as google,github; beside e-mail and password
  --git                  make it a git repository
  --yes                  ask nothing
Ends with 0 when it is made, 1 when it can't be, 2 when it was asked for something else. See docs/create.md.
`;

/** `npm run create`: makes a new app from this one. */
export default async function create(args: string[]): Promise<number> {
  const asked = parse(args);
  if (!asked) {
    process.stderr.write(USAGE);
    return 2;
  }
  const root = process.cwd();
  // npm and run.mjs both come here; DIR is meant from where the person is.
  const folder = resolve(process.env["INIT_CWD"] ?? root, asked.folder);
  const inTheWay = objectionToFolder(root, folder);
  if (inTheWay) return refuse(inTheWay);
  const mayAsk = !asked.yes && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const defaults = { name: nameOfFolder(folder), accent: brand.accent, providers: [] };
  const choices = mayAsk ? await askForChoices(asked.given, defaults) : { ...defaults, ...asked.given };
  if (choices === null) return 1;
  const wrong = objection(choices);
  if (wrong) return refuse(wrong);
  const git = asked.git || (mayAsk && (await askForGit()));
  await withProgress("Writing the app", () => writeApp(root, folder, choices));
  if (git) execFileSync("git", ["init", "--quiet"], { cwd: folder, stdio: "pipe" });
  process.stdout.write(nextSteps(folder, choices));
  return 0;
}

function parse(args: string[]) {
  const string = { type: "string" } as const;
  const boolean = { type: "boolean", default: false } as const;
  try {
    const options = { name: string, accent: string, providers: string, git: boolean, yes: boolean };
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) return null;
    const { name, accent, providers, git, yes } = values;
    const given: Partial<Choices> = {
      ...(name === undefined ? {} : { name: name.trim() }),
      ...(accent === undefined ? {} : { accent }),
      ...(providers === undefined
        ? {}
        : {
            providers: providers
              .split(",")
              .map((id) => id.trim())
              .filter(Boolean),
          }),
    };
    return { folder, given, git, yes };
  } catch {
    return null;
  }
}

function objectionToFolder(root: string, folder: string): string | null {
  if (!isFree(folder)) return `${folder} is not empty. Choose another folder, or empty it.`;
  const inside = relative(root, folder);
  if (inside !== "" && (inside === ".." || inside.startsWith(`..${sep}`))) return null;
  return `${folder} is inside this checkout. Choose a folder beside it, such as ../my-app.`;
}

function refuse(sentence: string): number {
  process.stderr.write(`Nothing was made. ${sentence}\n`);
  return 1;
}

function nextSteps(folder: string, { providers }: Choices): string {
  const fill =
    providers.length > 0 ? `  # fill in ${providers.join(", ")} in .env.local when you have ids and secrets\n` : "";
  return `\nThe app is in ${folder}. Now:\n\n  cd ${folder}\n  npm start\n${fill}`;
}
