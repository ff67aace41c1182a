"use client";

import { useSession } from "next-auth/react";
import { type ChangeEvent, useActionState, useEffect, useEffectEvent, useState } from "react";

import { Avatar } from "@/components/avatar";
import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import { ACCEPTED_PICTURE_TYPES, MAX_PICTURE_BYTES } from "@/features/avatar/policy";
import { fill } from "@/lib/i18n/fill";
import type { Words } from "@/lib/i18n/messages";
import { type PictureState, pictureAction } from "./actions";

const IDLE: PictureState = { status: "idle" };

/** A provider's picture, for the button that takes it. */
export interface PictureOffer {
  /** Of the connection. */
  readonly id: string;
  readonly providerName: string;
}

interface PictureFormProps {
  words: Words<"account.profile.picture.form">;
  /** What is said of a file that is too large. */
  tooLargeWords: string;
  name: string;
  image: string | null;
  offers: readonly PictureOffer[];
  /** Whether a file was so large that no action was called, which happens only without scripts. */
  tooLarge: boolean;
}

/** A person's picture, to be chosen, taken from a provider, replaced and removed. */
export function PictureForm({ words, tooLargeWords, name, image, offers, tooLarge }: PictureFormProps) {
  const refused: PictureState = { status: "invalid", errors: [tooLargeWords] };
  const [state, action] = useActionState(pictureAction, tooLarge ? refused : IDLE);
  const { problem, onChange } = useSizeCheck(state, tooLargeWords);
  const container = useFocusFirstError<HTMLDivElement>(state);
  useMenuRefresh(state);

  return (
    <div ref={container} className="flex flex-col gap-5">
      {state.status === "saved" && <FormMessage tone="success">{words.saved}</FormMessage>}
      {state.status === "removed" && <FormMessage tone="success">{words.removed}</FormMessage>}
      {state.status === "not_copied" && <FormMessage tone="danger">{state.error}</FormMessage>}
      <div className="flex flex-wrap items-center gap-5">
        <Avatar name={name} image={image} size="large" />
        {image !== null && (
          <form action={action}>
            <input type="hidden" name="remove" value="1" />
            <SubmitButton variant="secondary">{words.remove}</SubmitButton>
          </form>
        )}
      </div>
      {offers.map(({ id, providerName }) => (
        <form key={id} action={action} className="flex flex-col items-start gap-2">
          <input type="hidden" name="connection" value={id} />
          <SubmitButton variant="secondary">{fill(words.take, { provider: providerName })}</SubmitButton>
          <p className="text-sm text-muted">{fill(words.takeHint, { provider: providerName })}</p>
        </form>
      ))}
      <form
        action={action}
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          if (problem) event.preventDefault();
        }}
      >
        <Field
          label={image === null ? words.choose : words.chooseAnother}
          name="picture"
          type="file"
          required
          accept={ACCEPTED_PICTURE_TYPES.join(",")}
          onChange={onChange}
          errors={problem ?? (state.status === "invalid" ? state.errors : undefined)}
          hint={words.hint}
        />
        <div>
          <SubmitButton>{words.submit}</SubmitButton>
        </div>
      </form>
    </div>
  );
}

/** Tells of a file that is too large before it is sent for nothing. The server checks again. */
function useSizeCheck(state: PictureState, tooLargeWords: string) {
  const [problem, setProblem] = useState<readonly string[] | undefined>();
  const [answered, setAnswered] = useState(state);
  if (answered !== state) {
    setAnswered(state);
    setProblem(undefined);
  }
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const size = target.files?.[0]?.size ?? 0;
    setProblem(size > MAX_PICTURE_BYTES ? [tooLargeWords] : undefined);
  };
  return { problem, onChange };
}

/** The menu shows what useSession holds, and that doesn't know of the new picture until it asks. */
function useMenuRefresh(state: PictureState): void {
  const { update } = useSession();
  const refresh = useEffectEvent(() => void update());
  useEffect(() => {
    if (state.status === "saved" || state.status === "removed") refresh();
  }, [state]);
}
