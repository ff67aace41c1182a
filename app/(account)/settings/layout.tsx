import type { ReactNode } from "react";

import { NavLink } from "../nav-link";

const SECTIONS = [
  { href: "/settings/security", label: "Security" },
  { href: "/settings/sessions", label: "Sessions" },
  { href: "/settings/connections", label: "Connections" },
  { href: "/settings/privacy", label: "Privacy" },
];

/** The settings' pages, side by side. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-3xl">
      <nav aria-label="Settings" className="-mx-3.5 mb-6 overflow-x-auto">
        <ul className="flex w-max">
          {SECTIONS.map(({ href, label }) => (
            <li key={href}>
              <NavLink href={href}>{label}</NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </div>
  );
}
