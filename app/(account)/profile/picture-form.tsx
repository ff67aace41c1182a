"use client";

import { useSession } from "next-auth/react";
import { type ChangeEvent, useActionState, useEffect, useEffectEvent, useState } from "react";

import { Avatar } from "@/components/avatar";
import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";
import { ACCEPTED_PICTURE_TYPES, MAX_PICTURE_BYTES } from "@/features/avatar/policy";
import { type PictureState, pictureAction } from "./actions";
import { PICTURE_TOO_LARGE } from "./picture-sentences";

const IDLE: PictureState = { status: "idle" };
/** For a file so large that no action was called, which happens only without scripts. */
const TOO_LARGE: PictureState = { status: "invalid", errors: [PICTURE_TOO_LARGE] };

/** A provider's picture, for the button that takes it. */
export interface PictureOffer {
  /** Of the connection. */
  readonly id: string;
  readonly providerName: string;
}

interface PictureFormProps {
  name: string;
  image: string | null;
  offers: readonly PictureOffer[];
  tooLarge: boolean;
}

/** A person's picture, to be chosen, taken from a provider, replaced and removed. */
export function PictureForm({ name, image, offers, tooLarge }: PictureFormProps) {
  const [state, action] = useActionState(pictureAction, tooLarge ? TOO_LARGE : IDLE);
  const { problem, onChange } = useSizeCheck(state);
  const container = useFocusFirstError<HTMLDivElement>(state);
  useMenuRefresh(state);

  return (
    <div ref={container} className="flex flex-col gap-5">
      {state.status === "saved" && <FormMessage tone="success">Your picture is saved.</FormMessage>}
      {state.status === "removed" && <FormMessage tone="success">Your picture is removed.</FormMessage>}
      {state.status === "not_copied" && <FormMessage tone="danger">{state.error}</FormMessage>}
      <div className="flex flex-wrap items-center gap-5">
        <Avatar name={name} image={image} size="large" />
        {image !== null && (
          <form action={action}>
            <input type="hidden" name="remove" value="1" />
            <SubmitButton variant="secondary">Remove the picture</SubmitButton>
          </form>
        )}
      </div>
      {offers.map(({ id, providerName }) => (
        <form key={id} action={action} className="flex flex-col items-start gap-2">
          <input type="hidden" name="connection" value={id} />
          <SubmitButton variant="secondary">Use the picture from {providerName}</SubmitButton>
          <p className="text-sm text-muted">
            It is fetched now, once, and kept here as a copy. {providerName} doesn't learn when it is shown.
          </p>
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
          label={image === null ? "Choose a picture" : "Choose another picture"}
          name="picture"
          type="file"
          required
          accept={ACCEPTED_PICTURE_TYPES.join(",")}
          onChange={onChange}
          errors={problem ?? (state.status === "invalid" ? state.errors : undefined)}
          hint="JPEG, PNG, WebP or GIF, up to 5 MB. It is cut to a square, and what the file tells about place and camera is left out."
        />
        <div>
          <SubmitButton>Save the picture</SubmitButton>
        </div>
      </form>
    </div>
  );
}

/** Tells of a file that is too large before it is sent for nothing. The server checks again. */
function useSizeCheck(state: PictureState) {
  const [problem, setProblem] = useState<readonly string[] | undefined>();
  const [answered, setAnswered] = useState(state);
  if (answered !== state) {
    setAnswered(state);
    setProblem(undefined);
  }
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const size = target.files?.[0]?.size ?? 0;
    setProblem(size > MAX_PICTURE_BYTES ? [PICTURE_TOO_LARGE] : undefined);
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
