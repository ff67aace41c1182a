import { checkSchema } from "../../server/check-schema";
import { defineCheck, problem } from "../check";

/** Once: who sits before the screen tries again. */
const TRIES = 1;

/** By what PostgreSQL or the network says. */
const FIX_OF_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Start PostgreSQL there, or correct host and port in DATABASE_URL",
  ECONNRESET: "Correct host and port in DATABASE_URL: what answers there is no PostgreSQL",
  ENOTFOUND: "Correct the host in DATABASE_URL: there is no such name",
  EAI_AGAIN: "Look at this machine's name server: it doesn't answer",
  ETIMEDOUT: "Let this machine through the firewall of the database, or correct the host in DATABASE_URL",
  "28P01": "Correct user and password in DATABASE_URL; write @ : / in them as %40 %3A %2F",
  "28000": "Let this user in from this machine: pg_hba.conf of the database, or its settings for TLS",
  "3D000": "Make the database, or correct its name in DATABASE_URL: createdb NAME",
  "53300": "Raise max_connections of the database, or put a pool before it",
};

/** Whether the database answers, and has the schema of this version. */
export const database = defineCheck({
  name: "Database",
  needs: ["DATABASE_URL"],
  run: async ({ DATABASE_URL }, { root }) => {
    const said = await checkSchema(root, DATABASE_URL.href, TRIES);
    if (said === null) return [];
    const [, reason, code] = /^(DATABASE_URL: can't connect): (\S+)/.exec(said) ?? [];
    if (reason && code) {
      const fix = FIX_OF_CODE[code] ?? FIX_OF_CODE["ETIMEDOUT"] ?? "";
      return [problem(`${said}.`, fix)];
    }
    const [sentence = said, fix = "npm run migrate"] = said.split(/\. (?:Run: )?/);
    return [problem(`Of the database, ${sentence}.`, fix)];
  },
});
