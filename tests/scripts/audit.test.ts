import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

import { useDatabase } from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";
import { ROOT } from "../support/source-files";

const database = useDatabase();

/** As npm runs it. */
async function audit(...args: string[]) {
  const command = spawn(process.execPath, ["--conditions=react-server", "scripts/run.mjs", "audit", ...args], {
    cwd: ROOT,
    env: { ...TEST_ENVIRONMENT, DATABASE_URL: database.url, PATH: process.env["PATH"] ?? "", NODE_ENV: "test" },
  });
  const said = Promise.all([text(command.stdout), text(command.stderr)]);
  const [code] = (await once(command, "exit")) as [number | null];
  const [out, err] = await said;
  return { code, out, err };
}

describe("npm run audit", { timeout: 60_000 }, () => {
  it("A97: ends with 0 and a mark to note down, with 1 and the broken row's name, with 2 for anything else", async () => {
    await database.query("INSERT INTO audit_events (kind) SELECT 'signed_in' FROM generate_series(1, 3)");
    const rows = await database.query<{ id: string; hash: Buffer }>("SELECT id, hash FROM audit_events ORDER BY id");
    const mark = `${rows[2]?.id}:${rows[2]?.hash.toString("hex")}`;
    await expect(audit("verify", mark)).resolves.toEqual({
      code: 0,
      out: `Every row holds: 3.\nThe newest, to note down elsewhere: ${mark}\n`,
      err: "",
    });

    await database.query("ALTER TABLE audit_events DISABLE TRIGGER USER");
    await database.query("UPDATE audit_events SET kind = 'signed_out' WHERE id = $1", [rows[1]?.id]);
    const [broken, usage] = await Promise.all([audit("verify"), audit("repair")]);
    expect(broken).toEqual({
      code: 1,
      out: expect.stringMatching(
        `^Broken at row ${rows[1]?.id} \\(signed_out, 20[\\d:T.-]+Z\\)\\.\nAltered: .+\nRows before it that hold: 1\\.\n$`,
      ),
      err: "",
    });
    expect(usage).toEqual({ code: 2, out: "", err: expect.stringContaining("npm run audit -- verify ID:HASH") });
  });
});
