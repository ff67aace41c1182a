// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";

import { SubmitButton } from "@/components/submit-button";

afterEach(cleanup);

function formWithSlowAction() {
  let answer = () => {};
  let calls = 0;
  const action = () => {
    calls += 1;
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  };
  render(
    <form action={action}>
      <SubmitButton>Sign in</SubmitButton>
    </form>,
  );
  return { answer: () => act(async () => answer()), calls: () => calls };
}

describe("SubmitButton", () => {
  it("submits and says nothing of waiting while nothing is sent", () => {
    formWithSlowAction();

    const button = screen.getByRole("button", { name: "Sign in" });
    expect(button).toHaveAttribute("type", "submit");
    expect(button).toHaveAttribute("aria-busy", "false");
  });

  it("is busy while the answer is awaited, keeping its name and the focus", async () => {
    const form = formWithSlowAction();
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));

    const button = screen.getByRole("button", { name: "Sign in" });
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "true"));
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveFocus();

    await form.answer();
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "false"));
  });

  it("sends once, however often it is pressed", async () => {
    const form = formWithSlowAction();
    const button = screen.getByRole("button", { name: "Sign in" });

    await userEvent.click(button);
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "true"));
    await userEvent.click(button);
    await userEvent.click(button);

    expect(form.calls()).toBe(1);
    await form.answer();
  });
});
