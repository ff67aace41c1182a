import { getTranslations } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import type { EnabledProvider } from "@/providers/enabled-providers";

/** What came of connecting or disconnecting, and how that is told. */
const TONES = {
  connected: "success",
  reconnected: "success",
  disconnected: "success",
  linked_elsewhere: "danger",
  other_identity: "danger",
  unfinished: "info",
  expired: "danger",
  session_ended: "danger",
  unavailable: "danger",
  not_found: "info",
  last_sign_in_method: "danger",
} as const;

type Outcome = keyof typeof TONES;

interface OutcomeMessageProps {
  /** From the address, unverified, as is the provider. */
  outcome: unknown;
  provider: unknown;
  providers: readonly EnabledProvider[];
}

/** Says what was just done. An outcome that isn't one of ours says nothing, and only our own providers are named. */
export async function OutcomeMessage({ outcome, provider, providers }: OutcomeMessageProps) {
  if (!isOutcome(outcome)) return null;
  const t = await getTranslations("account");
  const name = providers.find(({ id }) => id === provider)?.name ?? t("connections.someProvider");
  const words = t(`connections.outcomes.${outcome}`, { provider: name });
  return (
    <ArrivalMessage key={words} tone={TONES[outcome]}>
      {words.charAt(0).toUpperCase() + words.slice(1)}
    </ArrivalMessage>
  );
}

function isOutcome(outcome: unknown): outcome is Outcome {
  return typeof outcome === "string" && Object.hasOwn(TONES, outcome);
}
