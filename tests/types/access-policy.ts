/**
 * What must compile, and what must not. Nothing runs it: `npm run check` compiles it, and a line that is marked as an error
 * and is none is one.
 */
import type { useSession } from "next-auth/react";

import type { AccessRule, Role } from "@/access";
import type { ApiSession } from "@/app/_request/api-session";
import type { requireRole, requireSession } from "@/app/_request/session";
import type { auth, Session } from "@/auth";

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;
type SeenByClients = NonNullable<ReturnType<typeof useSession>["data"]>;
type RolesOf<Given> = Given extends { user: { roles: readonly (infer Named)[] } } ? Named : never;

export const rows: readonly AccessRule[] = [
  { path: "/dashboard", access: "signed_in" },
  { path: "/api/sessions/[id]", access: "signed_in" },
  { path: "/settings/**", access: { role: "admin" } },
  { path: "/api/**", access: { role: "admin" } },
  // What app/api/auth/[...nextauth] answers.
  { path: "/api/auth/**", access: "public" },
  // @ts-expect-error: no page has this path.
  { path: "/dashbord", access: "signed_in" },
  // @ts-expect-error: a page that is deeper than any that there is.
  { path: "/dashboard/more", access: "signed_in" },
  // @ts-expect-error: paths begin with a slash.
  { path: "dashboard", access: "signed_in" },
  // @ts-expect-error: folders in parentheses are no part of a path.
  { path: "/(account)/dashboard", access: "signed_in" },
  // @ts-expect-error: the folder names its parameter otherwise.
  { path: "/api/sessions/[name]", access: "signed_in" },
  // @ts-expect-error: no row would fit; it is written /api/auth/**.
  { path: "/api/auth/[...nextauth]", access: "public" },
  // @ts-expect-error: this would open what has no row.
  { path: "/**", access: "public" },
  // @ts-expect-error: there is nothing below.
  { path: "/nothing/**", access: "public" },
  // @ts-expect-error: nobody can have this role.
  { path: "/dashboard", access: { role: "nobody" } },
  // @ts-expect-error: written otherwise.
  { path: "/dashboard", access: "signed-in" },
];

/** The roles of access.ts, wherever a session is read. */
export const inferred: readonly true[] = [
  true satisfies Same<RolesOf<Session>, Role>,
  true satisfies Same<RolesOf<Awaited<ReturnType<typeof auth>>>, Role>,
  true satisfies Same<RolesOf<Awaited<ReturnType<typeof requireSession>>>, Role>,
  true satisfies Same<RolesOf<Awaited<ReturnType<ApiSession["describe"]>>>, Role>,
  true satisfies Same<RolesOf<ReturnType<typeof useSession>["data"]>, Role>,
  true satisfies Same<SeenByClients["session"], Session["session"]>,
  true satisfies Same<Parameters<typeof requireRole>[0], Role>,
  // @ts-expect-error: and they are not just any string.
  true satisfies Same<RolesOf<Session>, string>,
];
