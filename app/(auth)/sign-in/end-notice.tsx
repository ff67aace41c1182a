import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";
import { END_REASON_SENTENCES } from "@/features/session-overview/end-reason-sentences";
import type { SessionEnd } from "@/features/session-overview/explain-end";

/** Says why the session of this browser is over, on which device that was, and when (S11). */
export function EndNotice({ end }: { end: SessionEnd }) {
  const sentence = END_REASON_SENTENCES[end.reason];
  if (!sentence) return null;
  return (
    <FormMessage tone={sentence.tone}>
      <p>{sentence.text}</p>
      {end.where && (
        <p className="mt-1.5 text-sm text-muted">
          On this device ({end.where.device}), <LocalTime at={end.where.endedAt.toISOString()} />.
        </p>
      )}
    </FormMessage>
  );
}
