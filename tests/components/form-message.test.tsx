// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { FormMessage } from "@/components/form-message";

afterEach(cleanup);

describe("FormMessage", () => {
  it("interrupts with what went wrong", () => {
    render(<FormMessage tone="danger">No such luck.</FormMessage>);

    expect(screen.getByRole("alert")).toHaveTextContent("No such luck.");
  });

  it.each(["success", "info"] as const)("waits its turn with %s", (tone) => {
    render(<FormMessage tone={tone}>Saved.</FormMessage>);

    expect(screen.getByRole("status")).toHaveTextContent("Saved.");
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("can be led to, but is no stop on the way through the page", () => {
    render(<FormMessage tone="danger">No such luck.</FormMessage>);

    expect(screen.getByRole("alert")).toHaveAttribute("tabindex", "-1");
  });
});
