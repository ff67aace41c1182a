import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { doctorCredentials } from "@/lib/doctor-proof";
import doctor from "@/scripts/doctor";
import { examine, useFolder } from "../scripts/doctor/examine";
import { said } from "../scripts/doctor/set-up";
import { type Changes, startReverseProxy } from "../support/reverse-proxy";
import { useServer } from "../support/server";
import { ROOT } from "../support/source-files";

const server = useServer();
const root = useFolder();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Examines the running server by the address of a proxy in front of it. */
async function behind(changes: Changes, variables: Record<string, string> = {}) {
  const proxy = await startReverseProxy(server().origin, changes);
  closing.push(proxy.close);
  const found = await examine(root, { ...server().environment, ...variables }, { url: new URL(proxy.origin) });
  return { ...found, proxy: proxy.origin };
}
/** Only that its address is another one: the other tests leave that aside. */
const otherAddress = (proxy: string) =>
  `Browsers use ${proxy}, but the instance's AUTH_URL is ${server().origin}: its cookies, links and redirects are for that.`;

describe("npm run doctor with a running instance", () => {
  it("finds nothing to mend, nor anything that it could not look at, where all is well", async () => {
    const { problems, hints, unseen } = await examine(root, server().environment);

    expect({ problems, hints, unseen }).toEqual({ problems: [], hints: [], unseen: {} });
  });

  it("diagnoses an AUTH_URL that differs from what browsers use, and from what the instance runs with", async () => {
    const { proxy, ...found } = await behind({});
    const configured = await examine(root, { ...server().environment, AUTH_URL: "http://localhost:61999" });
    const asked = { url: new URL(server().origin) };
    const other = await examine(root, { ...server().environment, AUTH_URL: "http://localhost:61999" }, asked);

    expect(said(found)).toEqual([
      otherAddress(proxy),
      `AUTH_URL=${proxy} and start it anew, or have browsers use ${server().origin}`,
    ]);
    expect(configured.hints).toContain("Nothing answers at http://localhost:61999 (ECONNREFUSED).");
    expect(other.problems).toContain(
      `The instance runs with AUTH_URL=${server().origin}, but here AUTH_URL is http://localhost:61999.`,
    );
  });

  it("diagnoses proxies that nobody counted", async () => {
    const counted = await behind({
      request: (headers) => ({ ...headers, "x-forwarded-for": "198.51.100.7, 10.0.0.2" }),
    });

    expect(counted.problems).toEqual([
      otherAddress(counted.proxy),
      "X-Forwarded-For arrives with 2 addresses, but TRUSTED_PROXIES is 0: everybody counts as the last proxy, and shares its rate limits.",
    ]);
  });

  it("diagnoses cookies that a proxy takes away, or changes so that browsers drop them", async () => {
    const cookies = (change: (cookie: string) => string | null): Changes => ({
      response: (headers) => {
        const changed = (headers["set-cookie"] ?? []).map(change).filter((cookie) => cookie !== null);
        const { "set-cookie": _, ...others } = headers;
        return changed.length > 0 ? { ...others, "set-cookie": changed } : others;
      },
    });
    const taken = await behind(cookies(() => null));
    const elsewhere = await behind(cookies((cookie) => `${cookie}; Domain=internal.example`));
    const below = await behind(cookies((cookie) => cookie.replace("Path=/", "Path=/app")));

    expect(taken.problems).toContain(`No cookie comes through from ${taken.proxy}: nobody can sign in.`);
    expect(elsewhere.problems).toContain(
      "Something in front has changed the cookie authjs.csrf-token, so that browsers drop it: it is for internal.example, not for localhost.",
    );
    expect(below.problems).toContain(
      "Something in front has changed the cookie authjs.csrf-token, so that browsers drop it: it has Path=/app instead of /.",
    );
  });

  it("diagnoses a clock that is off, an instance with another secret, and one that can't serve", async () => {
    const late = await behind({
      response: (headers) => ({ ...headers, date: new Date(Date.now() - 252_000).toUTCString() }),
    });
    const secret = await examine(root, { ...server().environment, AUTH_SECRET: "of-another-site-Zt8Rw1Yc6Vb2kQ9xLm4" });
    const { database } = server();
    await database.query("UPDATE _prisma_migrations SET rolled_back_at = now()");
    const unready = await examine(root, server().environment).finally(() =>
      database.query("UPDATE _prisma_migrations SET rolled_back_at = NULL"),
    );

    expect(late.problems.at(-1)).toMatch(
      /^The clock of the instance is 4 min 1[123] s behind this machine's: sessions and codes that are valid are refused\.$/,
    );
    expect(said(secret)).toEqual([
      `The instance at ${server().origin} has another AUTH_SECRET than this configuration, or is another version.`,
      "Examine it with its own environment; instances of one site need the same AUTH_SECRET",
    ]);
    expect(unready.problems).toContain(
      `The instance at ${server().origin} runs, but can't serve: it misses its schema.`,
    );
  });

  it("diagnoses an address where something else answers, or that leads elsewhere", async () => {
    const stranger = createServer((request, response) => {
      if (request.url === "/healthz") response.writeHead(301, { location: "https://www.example.com/healthz" });
      response.end("It works!");
    });
    stranger.listen(0, "127.0.0.1");
    await once(stranger, "listening");
    closing.push(() => stranger.close());
    const url = new URL(`http://localhost:${(stranger.address() as AddressInfo).port}`);
    const leading = await examine(root, server().environment, { url });
    stranger.removeAllListeners("request").on("request", (_request, response) => response.end("It works!"));
    const other = await examine(root, server().environment, { url });

    expect(said(leading)).toEqual([
      `${url.origin} leads browsers on to https://www.example.com.`,
      "Have AUTH_URL name the address that they end at: AUTH_URL=https://www.example.com",
    ]);
    expect(other.problems).toEqual([`What answers at ${url.origin} (with status 200) is not Latchkey's server.`]);
  });
});

describe("GET /healthz", () => {
  it("tells how a request arrived to whoever knows AUTH_SECRET, and to nobody else", async () => {
    const { AUTH_SECRET = "" } = server().environment;
    const ask = async (authorization: string) =>
      (
        await server()
          .client()
          .get("/healthz", { headers: { authorization, "x-forwarded-for": "192.0.2.1" } })
      ).json();
    const minutesAgo = (minutes: number) => doctorCredentials(AUTH_SECRET, new Date(Date.now() - minutes * 60_000));

    expect(await ask(minutesAgo(9))).toEqual({
      status: "ok",
      request: { hops: 1, trustedProxies: 0 },
    });
    for (const credentials of [
      minutesAgo(11),
      minutesAgo(-11),
      doctorCredentials("of-another-site-Zt8Rw1Yc6Vb2kQ9xLm4", new Date()),
      `${minutesAgo(0).slice(0, -1)}_`,
      `Bearer ${AUTH_SECRET}`,
      "Latchkey-Doctor .",
    ]) {
      expect(await ask(credentials)).toEqual({ status: "ok" });
    }
  });
});

describe("the command", () => {
  /** As npm runs it. */
  async function run(...args: string[]) {
    const command = spawn(process.execPath, ["scripts/run.mjs", "doctor", ...args], {
      cwd: ROOT,
      env: { ...server().environment, PATH: process.env["PATH"] ?? "", NODE_ENV: "test" },
    });
    const [out, err] = await Promise.all([text(command.stdout), text(command.stderr), once(command, "exit")]);
    return { code: command.exitCode, out, err };
  }

  it("shows its usage for anything else, and ends with 2", async () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    for (const misused of [
      ["--fast"],
      ["app.example.com"],
      ["https://a.example", "https://b.example"],
      ["--mail", "ada"],
    ]) {
      expect(await doctor(misused)).toBe(2);
      expect(write.mock.lastCall?.[0]).toMatch(/^npm run doctor {20}what is wrong/);
    }
  });

  it("ends with 0 or 1, and prints no colours into a pipe", async () => {
    const ill = await run("--json", server().origin.replace("localhost", "127.0.0.1"));
    const well = await run();
    expect([well.code, well.err, well.out.split("\n").at(-2)]).toEqual([0, "", "Nothing to mend."]);
    expect(well.out).toContain("✓ Database             In order.\n");
    expect(well.out).not.toContain("\u001b");
    const report = JSON.parse(ill.out) as { ok: boolean; checks: { name: string; state: string }[] };
    expect([ill.code, report.ok, report.checks.length]).toEqual([1, false, 14]);
  });
});
