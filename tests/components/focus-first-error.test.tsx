// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useActionState } from "react";
import { afterEach, describe, expect, it } from "vitest";

import { Field } from "@/components/field";
import { useFocusFirstError } from "@/components/focus-first-error";
import { FormMessage } from "@/components/form-message";
import { SubmitButton } from "@/components/submit-button";

afterEach(cleanup);

interface State {
  status: "idle" | "invalid" | "rejected";
  wrong: readonly string[];
}

function Form({ answer, initial = "idle" }: { answer: State; initial?: State["status"] }) {
  const [state, action] = useActionState<State>(async () => ({ ...answer }), { status: initial, wrong: answer.wrong });
  const form = useFocusFirstError<HTMLFormElement>(state);
  const errorsOf = (name: string) => (state.status === "invalid" && state.wrong.includes(name) ? ["Wrong."] : []);
  return (
    <form ref={form} action={action}>
      {state.status === "rejected" && <FormMessage tone="danger">Refused.</FormMessage>}
      <Field label="Name" name="name" errors={errorsOf("name")} />
      <Field label="Address" name="address" errors={errorsOf("address")} />
      <SubmitButton>Send</SubmitButton>
    </form>
  );
}

const send = () => userEvent.click(screen.getByRole("button", { name: "Send" }));

describe("useFocusFirstError", () => {
  it("leaves the focus alone before anything was sent", () => {
    render(<Form answer={{ status: "idle", wrong: [] }} />);

    expect(document.body).toHaveFocus();
  });

  it("leads to the first field that is at fault", async () => {
    render(<Form answer={{ status: "invalid", wrong: ["address"] }} />);

    await send();

    await waitFor(() => expect(screen.getByLabelText("Address")).toHaveFocus());
  });

  it("takes the one that comes first on the page", async () => {
    render(<Form answer={{ status: "invalid", wrong: ["address", "name"] }} />);

    await send();

    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveFocus());
  });

  it("leads to the message when no field is at fault", async () => {
    render(<Form answer={{ status: "rejected", wrong: [] }} />);

    await send();

    await waitFor(() => expect(screen.getByRole("alert")).toHaveFocus());
  });

  it("leads there again when the second try fails in the same way", async () => {
    render(<Form answer={{ status: "invalid", wrong: ["name"] }} />);
    await send();
    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveFocus());

    await send();

    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveFocus());
  });

  it("leads there on arrival, when the form was sent before the scripts had arrived", () => {
    render(<Form answer={{ status: "invalid", wrong: ["address"] }} initial="invalid" />);

    expect(screen.getByLabelText("Address")).toHaveFocus();
  });
});
