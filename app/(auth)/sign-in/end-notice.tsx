import { getTranslations } from "@/app/_request/translations";
import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";
import { endReasonSentence } from "@/features/session-overview/end-reason-sentences";
import type { SessionEnd } from "@/features/session-overview/explain-end";

/** Says why the session of this browser is over, on which device that was, and when (S11). */
export async function EndNotice({ end }: { end: SessionEnd }) {
  const t = await getTranslations("auth");
  const sentence = endReasonSentence(t, end.reason);
  if (!sentence) return null;
  const { where } = end;
  return (
    <FormMessage tone={sentence.tone}>
      <p>{sentence.text}</p>
      {where && (
        <p className="mt-1.5 text-sm text-muted">
          {t.rich("signIn.endedHere", {
            device: where.device,
            time: () => <LocalTime at={where.endedAt.toISOString()} />,
          })}
        </p>
      )}
    </FormMessage>
  );
}
