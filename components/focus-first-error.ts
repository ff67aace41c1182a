import { type RefObject, useEffect, useRef } from "react";

/**
 * After an action answered, moves the focus to the first field that is at fault, else to the form's message, so that
 * nobody has to search for what went wrong.
 *
 * @param state - What `useActionState` holds; a new object for each answer.
 * @returns The ref of the element around fields and message.
 */
export function useFocusFirstError<Container extends HTMLElement>(state: {
  status: string;
}): RefObject<Container | null> {
  const container = useRef<Container>(null);
  useEffect(() => {
    if (state.status === "idle") return;
    const target =
      container.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      container.current?.querySelector<HTMLElement>("[data-form-message]");
    target?.focus();
  }, [state]);
  return container;
}
