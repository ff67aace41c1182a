import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { signIn } from "../../features/access-token/acting-person";
import { useDatabase } from "../../support/database";
import { TEST_ENVIRONMENT } from "../../support/environment";
import { ROOT } from "../../support/source-files";

const KID = "[\\w-]{43}";
const database = useDatabase();

/** As npm runs it. */
async function run(args: readonly string[], input = "") {
  const command = spawn(process.execPath, ["--conditions=react-server", "scripts/run.mjs", ...args], {
    cwd: ROOT,
    env: {
      ...TEST_ENVIRONMENT,
      DATABASE_URL: database.url,
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "test",
    },
  });
  command.stdin.end(input);
  const said = Promise.all([text(command.stdout), text(command.stderr)]);
  const [code] = (await once(command, "exit")) as [number | null];
  const [out, err] = await said;
  return { code, out, err };
}

const keyRows = () => database.query<{ state: string }>("SELECT id, state FROM signing_keys ORDER BY created_at");

describe("npm run keys", { timeout: 60_000 }, () => {
  it("lists, rotates once however often it is asked, and replaces a leaked key, showing no key material", async () => {
    expect((await run(["keys", "list"])).out).toBe("There is no key yet: the server makes one when it needs it.\n");
    // Makes the first key.
    await run(["keys", "rotate"]);
    const rotated = await Promise.all([run(["keys", "rotate"]), run(["keys", "rotate"])]);
    expect((await keyRows()).map(({ state }) => state)).toEqual(["current", "next"]);
    for (const { code, out, err } of rotated) {
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(
        new RegExp(`^${KID}  current   \\d+ s old\n${KID}  next      \\d+ s old, signs from 20.+Z\n$`),
      );
    }

    const before = (await keyRows()).map((row) => row["id" as never]);
    const { out } = await run(["keys", "rotate", "--now"]);
    expect(out).toMatch(new RegExp(`^${KID}  current   0 s old\n$`));
    expect(before).not.toContain(out.slice(0, 43));
  });

  it("shows its usage for anything else", async () => {
    for (const { code, out, err } of await Promise.all([run(["keys"]), run(["keys", "rotate", "--force"])])) {
      expect([code, out, err]).toEqual([1, "", expect.stringContaining("npm run keys -- rotate")]);
    }
  });
});

describe("npm run token", { timeout: 60_000 }, () => {
  it("ends with 0, 1 and 2, and repeats neither token nor secret", async () => {
    const now = new Date();
    const session = await signIn(database, now);
    const { accessToken } = await issueAccessToken(session, now);
    const cookie = sealSessionCookie(session);
    const [good, opened, refused, rubbish] = await Promise.all([
      run(["token", "inspect"], `Authorization: Bearer ${accessToken}\n`),
      run(["token", "inspect", "-"], `authjs.session-token=${cookie}`),
      run(["token", "inspect", `${accessToken.slice(0, -4)}AAAA`]),
      run(["token", "inspect"], "rubbish"),
    ]);

    expect([good.code, good.out.endsWith("\nAccepted.\n")]).toEqual([0, true]);
    expect([opened.code, opened.out.startsWith("Session cookie\n")]).toEqual([0, true]);
    expect([refused.code, refused.out.includes("Refused:\n")]).toEqual([1, true]);
    expect(rubbish).toEqual({ code: 2, out: "", err: "This is neither an access token nor a session cookie.\n" });
    const all = JSON.stringify([good, opened, refused]);
    for (const secret of [accessToken.slice(-40), cookie.slice(-40), TEST_ENVIRONMENT.AUTH_SECRET]) {
      expect(all).not.toContain(secret);
    }
  });
});
