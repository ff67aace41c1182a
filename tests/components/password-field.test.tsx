// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it } from "vitest";

import { PasswordField } from "@/components/password-field";
import { EnglishComponents, renderInEnglish } from "../support/words";

afterEach(cleanup);

const field = <PasswordField label="Password" name="password" autoComplete="current-password" required />;

describe("PasswordField", () => {
  it("hides what is typed until asked, and hides it again", async () => {
    renderInEnglish(field);
    const input = screen.getByLabelText("Password");
    const toggle = screen.getByRole("button", { name: "Show password" });
    expect(input).toHaveAttribute("type", "password");

    await userEvent.click(toggle);
    expect(input).toHaveAttribute("type", "text");
    // Its name begins as it reads (WCAG 2.5.3).
    expect(toggle).toHaveAccessibleName("Hide password");
    expect(toggle).toHaveTextContent("Hide");

    await userEvent.click(toggle);
    expect(input).toHaveAttribute("type", "password");
    expect(toggle).toHaveAccessibleName("Show password");
  });

  it("keeps what was typed when it is shown", async () => {
    renderInEnglish(field);
    await userEvent.type(screen.getByLabelText("Password"), "correct horse");

    await userEvent.click(screen.getByRole("button", { name: "Show password" }));

    expect(screen.getByLabelText("Password")).toHaveValue("correct horse");
  });

  it("does not send the form when it is asked to show", async () => {
    let sent = 0;
    renderInEnglish(
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent += 1;
        }}
      >
        {field}
      </form>,
    );

    await userEvent.click(screen.getByRole("button", { name: "Show password" }));

    expect(sent).toBe(0);
  });

  it("lets people paste", async () => {
    renderInEnglish(field);
    await userEvent.click(screen.getByLabelText("Password"));

    await userEvent.paste("from a password manager");

    expect(screen.getByLabelText("Password")).toHaveValue("from a password manager");
  });

  it("says when Caps Lock is on, and stops when it is off", () => {
    renderInEnglish(field);
    const input = screen.getByLabelText("Password");

    fireEvent.keyDown(input, { key: "A", modifierCapsLock: true });
    expect(screen.getByRole("status")).toHaveTextContent("Caps Lock is on.");

    fireEvent.keyUp(input, { key: "CapsLock", modifierCapsLock: false });
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
  });

  it("takes no offence when a browser fills it in with an event that carries no key", () => {
    renderInEnglish(field);

    fireEvent(screen.getByLabelText("Password"), new Event("keydown", { bubbles: true }));

    expect(screen.getByRole("status")).toBeEmptyDOMElement();
  });

  it("is never sent to a spelling service", () => {
    renderInEnglish(field);

    expect(screen.getByLabelText("Password")).toHaveAttribute("spellcheck", "false");
    expect(screen.getByLabelText("Password")).toHaveAttribute("autocapitalize", "none");
  });

  it("is a plain password input before the scripts arrive, without a button that does nothing", () => {
    const html = renderToString(<EnglishComponents>{field}</EnglishComponents>);

    expect(html).toContain('type="password"');
    expect(html).not.toContain("<button");
  });

  it("leaves showing to its owner when the owner asks for that", async () => {
    const asked: boolean[] = [];
    renderInEnglish(
      <PasswordField label="Password" name="password" revealed onRevealedChange={(shown) => asked.push(shown)} />,
    );

    await userEvent.click(screen.getByRole("button", { name: "Hide password" }));

    expect(screen.getByLabelText("Password")).toHaveAttribute("type", "text");
    expect(asked).toEqual([false]);
  });
});
