import type { ReactNode } from "react";

interface AuthCardProps {
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
  /** The way to the neighbouring page, below the card. */
  footer?: ReactNode;
}

/** The one sheet of a page on which people sign in, sign up or confirm something. */
export function AuthCard({ title, intro, children, footer }: AuthCardProps) {
  return (
    <>
      <div className="rounded-card border border-border bg-surface px-5 py-7 shadow-card sm:px-9 sm:py-9">
        <h1 className="text-2xl leading-tight">{title}</h1>
        {intro && <div className="mt-2 text-muted">{intro}</div>}
        {children && <div className="mt-6 flex flex-col gap-6">{children}</div>}
      </div>
      {footer && <p className="mt-6 text-center text-[0.9375rem] text-muted">{footer}</p>}
    </>
  );
}
