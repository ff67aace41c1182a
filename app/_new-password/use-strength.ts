import { useCallback, useEffect, useRef, useState } from "react";

import type { PasswordContext } from "@/features/password/context-words";
import type { PasswordStrength } from "@/features/password/estimate-strength";

/** Long enough that nobody is judged in the middle of a word, short enough to feel immediate. */
const DEBOUNCE_MS = 300;

// The dictionaries weigh more than the rest of the page, so they come when the field is first used.
const loadEstimator = () => import("@/features/password/estimate-strength");

interface StrengthEstimate {
  /** The latest estimate; null while there is nothing to judge. */
  strength: PasswordStrength | null;
  /** Starts loading the estimator, so that it is there when the first word is typed. */
  prepare: () => void;
  /** Call it at each change. */
  estimate: (password: string, context: PasswordContext) => void;
  /** Takes back what was said, since the field is empty again. */
  forget: () => void;
}

/** Estimates a password's strength while it is typed, in this browser; nothing is sent anywhere. */
export function useStrength(): StrengthEstimate {
  const [strength, setStrength] = useState<PasswordStrength | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef("");
  useEffect(() => () => clearTimeout(timer.current), []);

  const forget = useCallback(() => {
    latest.current = "";
    clearTimeout(timer.current);
    setStrength(null);
  }, []);

  const judge = async (password: string, context: PasswordContext) => {
    const { estimateStrength } = await loadEstimator();
    if (latest.current === password) setStrength(estimateStrength(password, context));
  };

  const estimate = (password: string, context: PasswordContext) => {
    if (password === "") return forget();
    latest.current = password;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void judge(password, context), DEBOUNCE_MS);
  };

  return { strength, prepare: () => void loadEstimator(), estimate, forget };
}
