// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { afterEach, describe, expect, it, vi } from "vitest";

import { SoftNavigation } from "@/components/soft-navigation";
import { TextLink } from "@/components/text-link";

afterEach(cleanup);

function show(link: React.ReactNode) {
  const push = vi.fn();
  render(
    <AppRouterContext value={{ push } as unknown as AppRouterInstance}>
      {link}
      <SoftNavigation />
    </AppRouterContext>,
  );
  return { push, link: screen.getByRole("link") };
}

describe("SoftNavigation", () => {
  it("follows a link of ours with the router, query and fragment included", () => {
    const { push, link } = show(<TextLink href="/settings/security?x=1#passkeys">there</TextLink>);
    expect(fireEvent.click(link)).toBe(false);
    expect(push).toHaveBeenCalledExactlyOnceWith("/settings/security?x=1#passkeys");
  });

  it("follows it from within, too", () => {
    const { push } = show(
      <TextLink href="/profile">
        <b>there</b>
      </TextLink>,
    );
    fireEvent.click(screen.getByText("there"));
    expect(push).toHaveBeenCalledExactlyOnceWith("/profile");
  });

  it.each([
    ["for a new tab", <TextLink key="" href="/profile" />, { ctrlKey: true }],
    ["for a new tab on a Mac", <TextLink key="" href="/profile" />, { metaKey: true }],
    ["for a new window", <TextLink key="" href="/profile" />, { shiftKey: true }],
    ["to save it", <TextLink key="" href="/profile" />, { altKey: true }],
    ["by another button", <TextLink key="" href="/profile" />, { button: 1 }],
    ["that opens a tab of its own", <TextLink key="" href="/profile" target="_blank" />, {}],
    ["to another site", <TextLink key="" href="https://elsewhere.example/profile" />, {}],
    // biome-ignore lint/a11y/useAnchorContent: What matters is that it isn't marked.
    ["that is not marked", <a key="" href="/profile" />, {}],
  ])("leaves a press %s to the browser", (_what, marked, how) => {
    const { push, link } = show(marked);
    let isLeft = false;
    const browser = (event: Event) => {
      isLeft = !event.defaultPrevented;
      // jsdom can't follow it.
      event.preventDefault();
    };
    window.addEventListener("click", browser, { once: true });
    fireEvent.click(link, how);

    expect([isLeft, push.mock.calls]).toEqual([true, []]);
  });

  it("leaves alone what somebody else has dealt with", () => {
    const { push, link } = show(<TextLink href="/profile" onClick={(event) => event.preventDefault()} />);
    fireEvent.click(link);
    expect(push).not.toHaveBeenCalled();
  });
});
