"use client";

import { Menu } from "@base-ui/react/menu";
import type { RefObject } from "react";

import type { Words } from "@/lib/i18n/messages";

const ITEM =
  "flex min-h-10 w-full cursor-pointer items-center rounded-md px-3 text-start text-[0.9375rem] outline-none select-none data-highlighted:bg-accent-soft data-highlighted:text-accent";

/** What the list is told by the button that it belongs to. */
export interface UserMenuListProps {
  words: Words<"account.menu">;
  button: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The form that signs out. */
  formId: string;
  user: { name?: string | null | undefined; email?: string | null | undefined };
}

/** The menu below the button: who is signed in, and where to go. */
export function UserMenuList({ words, button, open, onOpenChange, formId, user }: UserMenuListProps) {
  const change: Menu.Root.Props["onOpenChange"] = (next, { event }) => {
    // A press on the button is for its own click to decide, which would open again what the press has closed.
    if (next || !(event.target instanceof Node && button.current?.contains(event.target))) onOpenChange(next);
  };
  return (
    <Menu.Root modal={false} open={open} onOpenChange={change}>
      <Menu.Portal>
        <Menu.Positioner anchor={button} sideOffset={8} align="end" className="z-40 outline-none">
          <Menu.Popup
            finalFocus={button}
            aria-label={words.account}
            className="w-64 origin-(--transform-origin) rounded-card border border-border bg-surface p-1.5 shadow-float outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <Menu.Group>
              <Menu.GroupLabel className="mb-1.5 border-b border-border px-3 pt-2 pb-3">
                {user.name && <bdi className="block truncate font-medium">{user.name}</bdi>}
                <bdi className="block truncate text-sm text-muted">{user.email}</bdi>
              </Menu.GroupLabel>
              <Menu.LinkItem className={ITEM} closeOnClick data-soft="" href="/dashboard">
                {words.dashboard}
              </Menu.LinkItem>
              <Menu.LinkItem className={ITEM} closeOnClick data-soft="" href="/profile">
                {words.profile}
              </Menu.LinkItem>
              <Menu.LinkItem className={ITEM} closeOnClick data-soft="" href="/settings">
                {words.settings}
              </Menu.LinkItem>
              <Menu.Item className={ITEM} nativeButton render={<button type="submit" form={formId} />}>
                {words.signOut}
              </Menu.Item>
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
