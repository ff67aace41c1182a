"use client";

import { usePathname } from "next/navigation";

import { SubmitButton } from "@/components/submit-button";
import { signInWithProviderAction } from "../(auth)/sign-in/actions";

/** Leads to the provider and back to the page that one is on, which only the browser knows in a layout. */
export function ReconnectForm({ provider, name }: { provider: string; name: string }) {
  const pathname = usePathname();
  return (
    <form action={signInWithProviderAction}>
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="callbackUrl" value={pathname} />
      <SubmitButton variant="secondary">Reconnect {name}</SubmitButton>
    </form>
  );
}
