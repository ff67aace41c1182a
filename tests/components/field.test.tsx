// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { Field } from "@/components/field";

afterEach(cleanup);

describe("Field", () => {
  it("is found by its label", () => {
    render(<Field label="E-mail address" name="email" type="email" />);

    expect(screen.getByLabelText("E-mail address")).toHaveAttribute("name", "email");
  });

  it("says nothing of errors while it is fine", () => {
    render(<Field label="Name" name="name" errors={[]} />);

    const input = screen.getByLabelText("Name");
    expect(input).not.toHaveAttribute("aria-invalid");
    expect(input).not.toHaveAttribute("aria-describedby");
  });

  it("reads its hint with the input", () => {
    render(<Field label="Password" name="password" hint="At least 15 characters." />);

    expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("At least 15 characters.");
  });

  it("reads what is wrong first, then the hint", () => {
    render(
      <Field label="Password" name="password" hint="At least 15 characters." errors={["Too short.", "Too common."]} />,
    );

    const input = screen.getByLabelText("Password");
    expect(input).toHaveAttribute("aria-invalid", "true");
    expect(input).toHaveAccessibleDescription("Too short. Too common. At least 15 characters.");
  });

  it("keeps two fields of one name apart", () => {
    render(
      <>
        <Field label="Address to sign in with" name="email" errors={["First."]} />
        <Field label="Address to write to" name="email" errors={["Second."]} />
      </>,
    );

    expect(screen.getByLabelText("Address to sign in with")).toHaveAccessibleDescription("First.");
    expect(screen.getByLabelText("Address to write to")).toHaveAccessibleDescription("Second.");
  });
});
