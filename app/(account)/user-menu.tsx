"use client";

import { Menu } from "@base-ui/react/menu";
import Link from "next/link";
import { useSession } from "next-auth/react";
import { useId } from "react";

import { Avatar } from "@/components/avatar";
import { ownPicture } from "@/features/avatar/own-picture";
import { signOutAction } from "./actions";

const ITEM =
  "flex min-h-10 w-full cursor-pointer items-center rounded-md px-3 text-left text-[0.9375rem] outline-none select-none data-highlighted:bg-accent-soft data-highlighted:text-accent";

/** Who is signed in, and the ways on from here. Without scripts it stays closed; the profile page has a sign-out of its own. */
export function UserMenu() {
  const { data: session } = useSession();
  const formId = useId();
  if (!session?.user) return null;
  const name = session.user.name || session.user.email || "Account";

  return (
    <>
      {/* Outside the menu, which is taken out of the page as soon as an item is chosen. */}
      <form id={formId} action={signOutAction} className="hidden" />
      <Menu.Root modal={false}>
        <Menu.Trigger
          aria-label={`Account of ${name}`}
          className="size-11 cursor-pointer rounded-full border border-border-strong hover:border-accent data-popup-open:border-accent"
        >
          <Avatar name={name} image={ownPicture(session.user.image)} size="small" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={8} align="end" className="z-40 outline-none">
            <Menu.Popup className="w-64 origin-(--transform-origin) rounded-card border border-border bg-surface p-1.5 shadow-float outline-none transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
              <Menu.Group>
                <Menu.GroupLabel className="mb-1.5 border-b border-border px-3 pt-2 pb-3">
                  {session.user.name && <span className="block truncate font-medium">{session.user.name}</span>}
                  <span className="block truncate text-sm text-muted">{session.user.email}</span>
                </Menu.GroupLabel>
                <Menu.LinkItem className={ITEM} closeOnClick render={<Link href="/dashboard" />}>
                  Dashboard
                </Menu.LinkItem>
                <Menu.LinkItem className={ITEM} closeOnClick render={<Link href="/profile" />}>
                  Profile
                </Menu.LinkItem>
                <Menu.LinkItem className={ITEM} closeOnClick render={<Link href="/settings" />}>
                  Settings
                </Menu.LinkItem>
                <Menu.Item className={ITEM} nativeButton render={<button type="submit" form={formId} />}>
                  Sign out
                </Menu.Item>
              </Menu.Group>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}
