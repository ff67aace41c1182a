// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { ArrivalMessage } from "@/components/arrival-message";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { EnglishComponents, renderInEnglish } from "../support/words";

beforeEach(() => window.history.replaceState(null, "", "/list"));
afterEach(cleanup);

function dialog(asked = false) {
  const sent: (FormDataEntryValue | null)[] = [];
  let answer = () => {};
  const action = (formData: FormData) => {
    sent.push(formData.get("id"));
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  };
  const element = (
    <ConfirmDialog
      label="End"
      fullLabel="End Firefox"
      title="End the session on Firefox?"
      confirmLabel="End session"
      action={action}
      fields={{ id: "one" }}
      href="/list?confirm=one"
      closedHref="/list"
      asked={asked}
    >
      It will have to sign in again.
    </ConfirmDialog>
  );
  return { element, sent, answer: () => act(async () => answer()) };
}

const open = () => userEvent.click(screen.getByRole("button", { name: "End Firefox" }));

describe("ConfirmDialog", () => {
  it("asks before anything is sent, with what will happen, and offers the way out first", async () => {
    const { element, sent } = dialog();
    renderInEnglish(element);
    await open();

    const asked = await screen.findByRole("alertdialog", { name: "End the session on Firefox?" });
    expect(asked).toHaveAccessibleDescription("It will have to sign in again.");
    await waitFor(() => expect(within(asked).getByRole("button", { name: "Cancel" })).toHaveFocus());
    expect(sent).toEqual([]);
  });

  it.each(["Cancel", "{Escape}"])("sends nothing after %s, and the focus is back where it was", async (way) => {
    const { element, sent } = dialog();
    renderInEnglish(element);
    await open();
    if (way === "Cancel") await userEvent.click(await screen.findByRole("button", { name: way }));
    else await userEvent.keyboard(way);

    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    await waitFor(() => expect(screen.getByRole("button", { name: "End Firefox" })).toHaveFocus());
    expect(sent).toEqual([]);
  });

  it("sends once, waits for the answer, and then closes", async () => {
    const { element, sent, answer } = dialog();
    renderInEnglish(element);
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "End session" }));
    expect(sent).toEqual(["one"]);
    expect(screen.getByRole("alertdialog")).toBeInTheDocument();

    await answer();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(sent).toEqual(["one"]);
  });

  it("leads on to the page's message, when there is one", async () => {
    const { element, answer } = dialog();
    const { rerender } = renderInEnglish(element);
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "End session" }));
    rerender(
      <>
        {element}
        <ArrivalMessage tone="success">Ended: Firefox</ArrivalMessage>
      </>,
    );
    await answer();

    await waitFor(() => expect(screen.getByRole("status")).toHaveFocus());
  });

  it("is open at the address that asks, and takes the question out of the address when it is closed", async () => {
    window.history.replaceState(null, "", "/list?confirm=one");
    renderInEnglish(dialog(true).element);
    await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));

    await waitFor(() => expect(window.location.pathname + window.location.search).toBe("/list"));
  });

  it("is a link to the question without scripts, and there the question with a plain form", () => {
    const closed = renderToString(<EnglishComponents>{dialog().element}</EnglishComponents>);
    expect(closed).toContain('href="/list?confirm=one"');
    expect(closed).not.toContain("<form");

    const asked = renderToString(<EnglishComponents>{dialog(true).element}</EnglishComponents>);
    expect(asked).toContain("End the session on Firefox?");
    expect(asked).toContain('<input type="hidden" name="id" value="one"/>');
    expect(asked).toContain('href="/list"');
  });
});

describe("ArrivalMessage", () => {
  it("takes the focus, so that it is read", () => {
    renderInEnglish(<ArrivalMessage tone="success">Done.</ArrivalMessage>);

    expect(screen.getByRole("status")).toHaveFocus();
  });
});
