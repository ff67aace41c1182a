import type { ReactNode } from "react";

export type MessageTone = "danger" | "success" | "info";

const TONES: Record<MessageTone, string> = {
  danger: "border-danger/30 bg-danger-soft text-danger",
  success: "border-success/30 bg-success-soft text-success",
  info: "border-accent/25 bg-accent-soft text-accent",
};

const GLYPHS: Record<MessageTone, string> = {
  danger: "M10 5.5v5.5M10 14.2v.1",
  success: "m6 10.4 2.8 2.8L14.2 7.4",
  info: "M10 9.2v5M10 6v.1",
};

/**
 * What a form has to say as a whole. A refusal interrupts a screen reader (`alert`), good news waits its turn
 * (`status`). It can take the focus, so that useFocusFirstError can lead there when no field is at fault.
 */
export function FormMessage({ tone, children }: { tone: MessageTone; children: ReactNode }) {
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      tabIndex={-1}
      data-form-message=""
      className={`flex gap-3 rounded-control border px-4 py-3 text-[0.9375rem] leading-snug ${TONES[tone]}`}
    >
      <svg aria-hidden="true" viewBox="0 0 20 20" className="mt-px size-5 shrink-0" fill="none" stroke="currentColor">
        <circle cx="10" cy="10" r="8.25" strokeWidth="1.5" />
        <path d={GLYPHS[tone]} strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <div className="min-w-0 text-foreground">{children}</div>
    </div>
  );
}
