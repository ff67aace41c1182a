import { ROLES } from "@/access";
import { changeRoles } from "@/features/account/change-roles";
import { disableAccount, enableAccount } from "@/features/account/disable-account";
import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import { signOutEverywhere } from "@/features/account/sign-out-everywhere";
import { systemClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { Failure } from "@/lib/failure";
import { prepareCommand } from "./prepare-command";

const USAGE = `npm run account -- disable ADDRESS          end every session and let nobody sign in
npm run account -- enable ADDRESS           let the person sign in again
npm run account -- sign-out ADDRESS         end every session; the account stays as it is
npm run account -- roles ADDRESS [ROLE …]   give exactly these roles (access.ts knows: ${ROLES.join(", ")})
`;

type Outcome = string | null;

/** `npm run account`: what whoever runs the site does to somebody's account. Running instances know within a second. */
export default async function account([command = "", address = "", ...roles]: string[]): Promise<number> {
  const email = EmailAddressSchema.safeParse(address);
  const unknownRole = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (!email.success || unknownRole !== undefined || (roles.length > 0 && command !== "roles"))
    return explain(unknownRole);
  if (!prepareCommand(process.cwd()).hasDatabase) {
    throw new Failure("database_missing", "DATABASE_URL is not set, and no `npm start` is running here.");
  }
  try {
    const outcome = await carryOut(command, email.data, roles);
    if (outcome === null) return explain(undefined);
    process.stdout.write(`${outcome}\n`);
    return 0;
  } finally {
    await db().$disconnect();
  }
}

async function carryOut(command: string, email: EmailAddress, roles: readonly string[]): Promise<Outcome> {
  const now = systemClock();
  switch (command) {
    case "disable":
      return describe(email, await disableAccount(email, now), "is disabled");
    case "enable":
      return describe(email, await enableAccount(email), "can sign in again");
    case "sign-out":
      return describe(email, await signOutEverywhere(email, now), "is signed out everywhere");
    case "roles":
      return describe(email, await changeRoles(email, roles), `has ${roles.length > 0 ? roles.join(", ") : "no role"}`);
    default:
      return null;
  }
}

function describe(
  email: EmailAddress,
  outcome: { ok: true; value: { endedSessions: number } | null } | { ok: false },
  what: string,
): string {
  if (!outcome.ok) throw new Failure("unknown_account", `${email} has no account.`);
  return `${email} ${what}.${outcome.value ? ` Sessions that ended: ${outcome.value.endedSessions}.` : ""}`;
}

function explain(unknownRole: string | undefined): number {
  if (unknownRole !== undefined) process.stderr.write(`access.ts knows no role named ${unknownRole}.\n\n`);
  process.stderr.write(USAGE);
  return 1;
}
