import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

import { startMailCatcher } from "@/scripts/development/mail-catcher";
import { newDatabase, type TestDatabase } from "../../support/database";
import { TEST_ENVIRONMENT } from "../../support/environment";
import { type Mails, mailsIn } from "../../support/mails";
import { type Diagnosis, examine, useFolder } from "./examine";

/** A set-up in which all is well but that no instance runs, and what tests need to break it. */
export interface SetUp {
  readonly root: string;
  readonly database: TestDatabase;
  readonly mails: Mails;
  variables(): Record<string, string>;
  /** Examines it with these variables in place of the good ones. */
  broken(variables: Readonly<Record<string, string>>): Promise<Diagnosis>;
  /** Closes something after the tests, last first. */
  later(close: () => unknown): void;
}

/** Brings a database and a mail server for the tests of the file. */
export function useSetUp(): SetUp {
  const root = useFolder();
  const database = newDatabase();
  const mailbox = mkdtempSync(join(tmpdir(), "latchkey-doctor-mails-"));
  const closing: (() => unknown)[] = [() => rmSync(mailbox, { recursive: true, force: true })];
  let mailServer = "";
  beforeAll(async () => {
    await database.create();
    const catcher = await startMailCatcher({ directory: mailbox });
    closing.push(database.drop, catcher.close);
    mailServer = catcher.url;
  });
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });
  const variables = () => ({
    ...TEST_ENVIRONMENT,
    ...{ AUTH_URL: "http://localhost:61999", PORT: "61999", DATABASE_URL: database.url, EMAIL_SERVER: mailServer },
  });
  return {
    ...{ root, database, mails: mailsIn(mailbox), variables },
    broken: (changed) => examine(root, { ...variables(), ...changed }),
    later: (close) => closing.push(close),
  };
}

/** The problems, and the fix of the first of them. */
export const said = ({ problems, fix }: Diagnosis) => [...problems, fix];
