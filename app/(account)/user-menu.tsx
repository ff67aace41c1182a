"use client";

import { useSession } from "next-auth/react";
import { type ComponentType, useId, useRef, useState } from "react";

import { Avatar } from "@/components/avatar";
import { ownPicture } from "@/features/avatar/own-picture";
import { fill } from "@/lib/i18n/fill";
import type { Words } from "@/lib/i18n/messages";
import { signOutAction } from "./actions";
import type { UserMenuListProps } from "./user-menu-list";

const loadList = () => import("./user-menu-list");

/**
 * Who is signed in, and the ways on from here. What makes it a menu is loaded when somebody is about to open it. Without scripts
 * it stays closed; the profile page has a sign-out of its own.
 */
export function UserMenu({ words }: { words: Words<"account.menu"> }) {
  const { data: session } = useSession();
  const formId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [List, setList] = useState<ComponentType<UserMenuListProps> | null>(null);
  const [open, setOpen] = useState(false);
  if (!session?.user) return null;
  const name = session.user.name || session.user.email || words.account;
  const openIt = async () => {
    const { UserMenuList } = await loadList();
    setList(() => UserMenuList);
    setOpen(true);
  };

  return (
    <>
      {/* Outside the menu, which is taken out of the page as soon as an item is chosen. */}
      <form id={formId} action={signOutAction} className="hidden" />
      <button
        ref={button}
        type="button"
        aria-label={fill(words.accountOf, { name })}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={() => void loadList()}
        onFocus={() => void loadList()}
        onClick={() => (open ? setOpen(false) : void openIt())}
        onKeyDown={({ key }) => {
          if (key === "ArrowDown" || key === "ArrowUp") void openIt();
        }}
        className="size-11 cursor-pointer rounded-full border border-border-strong hover:border-accent aria-expanded:border-accent"
      >
        <Avatar name={name} image={ownPicture(session.user.image)} size="small" />
      </button>
      {List && <List {...{ words, button, open, formId }} onOpenChange={setOpen} user={session.user} />}
    </>
  );
}
