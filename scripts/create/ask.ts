import { cancel, confirm, isCancel, multiselect, text } from "@clack/prompts";

import { PROVIDER_IDS } from "@/lib/provider-ids";
import { accentObjection } from "../write-theme";
import { type Choices, nameObjection } from "./choices";

/** Asked first; all others can be typed. */
const WELL_KNOWN = ["google", "github", "microsoft-entra-id", "apple", "gitlab", "discord", "linkedin", "slack"];

/** Asks for what the command line did not say. Null: the person would rather not. */
export async function askForChoices(given: Partial<Choices>, defaults: Choices): Promise<Choices | null> {
  const name =
    given.name ??
    (await ask<string>(
      text({
        message: "What is it called?",
        initialValue: defaults.name,
        validate: (value) => nameObjection(value ?? "") ?? undefined,
      }),
    ));
  if (name === null) return null;
  const accent =
    given.accent ??
    (await ask<string>(
      text({
        message: "Which accent colour?",
        initialValue: defaults.accent,
        validate: (value) => accentObjection(value ?? "") ?? undefined,
      }),
    ));
  if (accent === null) return null;
  const providers =
    given.providers ??
    (await ask<string[]>(
      multiselect({
        message: "Which providers, beside e-mail and password?",
        options: optionsOfProviders(),
        required: false,
      }),
    ));
  return providers === null ? null : { name, accent, providers };
}

/** Whether it shall be a git repository; only ever on a yes. */
export async function askForGit(): Promise<boolean> {
  return (await ask<boolean>(confirm({ message: "Make it a git repository?", initialValue: false }))) === true;
}

async function ask<Value>(prompt: Promise<Value | symbol>): Promise<Value | null> {
  const answer = await prompt;
  if (!isCancel(answer)) return answer as Value;
  cancel("Nothing was made.");
  return null;
}

function optionsOfProviders(): { value: string; label: string }[] {
  const others = PROVIDER_IDS.filter((id) => !WELL_KNOWN.includes(id));
  return [...WELL_KNOWN, ...others].map((id) => ({ value: id, label: id }));
}
