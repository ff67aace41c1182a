import { ArrivalMessage } from "@/components/arrival-message";
import type { MessageTone } from "@/components/form-message";
import type { EnabledProvider } from "@/providers/enabled-providers";

type Sentence = readonly [tone: MessageTone, text: (name: string) => string];

/** What came of connecting or disconnecting, in words. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  connected: ["success", (name) => `${name} is connected. From now on you can sign in with it.`],
  reconnected: ["success", (name) => `${name} was connected already, and is up to date again.`],
  disconnected: [
    "success",
    (name) =>
      `${name} is disconnected. It no longer signs in to your account, and other sessions that began with it have ended.`,
  ],
  linked_elsewhere: [
    "danger",
    (name) =>
      `What you chose at ${name} belongs to another account here, so nothing was changed. Disconnect it there first, or choose another account at ${name}.`,
  ],
  other_identity: [
    "danger",
    (name) => `Another account at ${name} is connected already, so nothing was changed. Disconnect it first.`,
  ],
  unfinished: [
    "info",
    (name) => `You cancelled, or ${name} didn't let you through, so it was not connected. Nothing was changed.`,
  ],
  expired: ["danger", (name) => `That took too long, so ${name} was not connected. Try again.`],
  session_ended: [
    "danger",
    (name) => `You were signed out or signed in anew in the meantime, so ${name} was not connected. Try again.`,
  ],
  unavailable: ["danger", (name) => `${name} can't be reached just now. Nothing was changed; try again in a moment.`],
  not_found: ["info", () => "That was disconnected already."],
  last_sign_in_method: [
    "danger",
    () => "Without it you couldn't sign in any more, so nothing was changed. Add another way of signing in first.",
  ],
};

interface OutcomeMessageProps {
  /** From the address, unverified, as is the provider. */
  outcome: unknown;
  provider: unknown;
  providers: readonly EnabledProvider[];
}

/** Says what was just done. An outcome that isn't one of ours says nothing, and only our own providers are named. */
export function OutcomeMessage({ outcome, provider, providers }: OutcomeMessageProps) {
  if (typeof outcome !== "string" || !Object.hasOwn(SENTENCES, outcome)) return null;
  const [tone, text] = SENTENCES[outcome] ?? [];
  if (!tone || !text) return null;
  const words = text(providers.find(({ id }) => id === provider)?.name ?? "the provider");
  return (
    <ArrivalMessage key={words} tone={tone}>
      {words.charAt(0).toUpperCase() + words.slice(1)}
    </ArrivalMessage>
  );
}
