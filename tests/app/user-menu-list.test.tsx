// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { expect, it } from "vitest";
import { UserMenuList } from "@/app/(account)/user-menu-list";
import english from "@/messages/en";

function Harness() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button ref={button} type="button" onClick={() => setOpen(!open)}>
        A
      </button>
      <p>elsewhere</p>
      <UserMenuList
        words={english.account.menu}
        button={button}
        open={open}
        onOpenChange={setOpen}
        formId="f"
        user={{ name: "x", email: "y" }}
      />
    </>
  );
}
it("closes by its own button, and by a press elsewhere", async () => {
  render(<Harness />);
  const user = userEvent.setup();
  await user.click(screen.getByText("A"));
  await screen.findByRole("menu");
  await new Promise((r) => setTimeout(r, 300));
  await user.click(screen.getByText("A"));
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await user.click(screen.getByText("A"));
  await screen.findByRole("menu");
  await new Promise((r) => setTimeout(r, 300));
  await user.click(screen.getByText("elsewhere"));
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
});
