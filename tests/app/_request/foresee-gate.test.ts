import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it } from "vitest";
import { accessPolicy } from "@/access";
import { foreseeGate } from "@/app/_request/foresee-gate";
import { gate } from "@/app/_request/gate";
import { endSession } from "@/features/session/end-session";
import { sealSessionCookie, sessionCookieName } from "@/features/session/session-cookie";
import type { GateForecast } from "@/lib/door";
import { signIn } from "../../features/access-token/acting-person";
import { filledIn } from "../../support/built-app";
import { useDatabase } from "../../support/database";

const database = useDatabase();
const ORIGIN = "http://localhost:3000";
const AS_ARRIVED = ["x-middleware-next", "x-request-id"];

/** What a browser may bring, by what it is. */
let cookies: Record<string, string | undefined>;

beforeEach(async () => {
  const now = new Date();
  const seal = (claims: Parameters<typeof sealSessionCookie>[0]) =>
    `${sessionCookieName()}=${sealSessionCookie(claims)}`;
  const session = await signIn(database, now);
  const other = await signIn(database, now);
  const ended = await signIn(database, now);
  await endSession(ended, "signed_out", now);
  cookies = {
    none: undefined,
    forged: `${sessionCookieName()}=forged`,
    live: seal(session),
    overdue: seal({ ...other, win: other.win - 900 }),
    ended: seal(ended),
  };
});

interface Asked {
  method: string;
  path: string;
  search?: string;
  cookie?: string | undefined;
  more?: Record<string, string>;
}

const headersOf = ({ cookie, more }: Asked) => ({ ...(cookie ? { cookie } : {}), ...more });
const foresee = (asked: Asked) => foreseeGate({ search: "", ...asked, headers: headersOf(asked) });

/** What the gate itself does, where it is one of the two things that can be foreseen and nothing more. */
async function gateDoes(asked: Asked): Promise<GateForecast> {
  const request = new NextRequest(ORIGIN + asked.path, { method: asked.method, headers: headersOf(asked) });
  const { status, headers } = await gate(request);
  const names = [...headers.keys()].filter((name) => !AS_ARRIVED.includes(name));
  if (headers.get("x-middleware-next") === "1" && names.length === 0) return "passes";
  const isRedirect = status === 307 && names.sort().join() === "cache-control,location";
  return isRedirect ? { redirectTo: headers.get("location")?.replace(ORIGIN, "") ?? "" } : "unknown";
}

describe("foreseeGate", () => {
  it("foresees nothing that the gate would not do (A11)", async () => {
    const paths = [...accessPolicy.map(({ path }) => filledIn(path.replace("/**", "/x"))), "/nowhere", "/api/nowhere"];
    const asked = paths.flatMap((path) =>
      ["GET", "HEAD", "POST", "PUT"].flatMap((method) =>
        Object.entries(cookies).map(([kind, cookie]) => ({ path, method, kind, cookie })),
      ),
    );
    const foreseen: string[] = [];
    for (const { kind, ...request } of asked) {
      const forecast = await foresee(request);
      if (forecast === "unknown") continue;
      expect(forecast, `${request.method} ${request.path}, cookie: ${kind}`).toEqual(await gateDoes(request));
      foreseen.push(`${request.method} ${kind} ${forecast === "passes" ? "passes" : "is sent to sign in"}`);
    }

    // And it does foresee something, or it would be for nothing.
    expect([...new Set(foreseen)].sort()).toEqual([
      "GET live passes",
      "GET none is sent to sign in",
      "GET none passes",
      "HEAD live passes",
      "HEAD none is sent to sign in",
      "HEAD none passes",
      "POST live passes",
      "POST none passes",
      "PUT live passes",
      "PUT none passes",
    ]);
    expect(foreseen.filter((what) => what === "GET live passes").length).toBeGreaterThan(accessPolicy.length / 2);
  });

  it("sees whoever is signed in pass, while nothing is due", async () => {
    expect(await foresee({ method: "GET", path: "/dashboard", cookie: cookies["live"] })).toBe("passes");
    expect(await foresee({ method: "PATCH", path: "/api/sessions/x", cookie: cookies["live"] })).toBe("passes");
    expect(await foresee({ method: "GET", path: "/sign-in" })).toBe("passes");
    expect(await foresee({ method: "GET", path: "/api/me", more: { authorization: "Bearer x" } })).toBe("passes");
  });

  it("sees a visitor sent to sign in, and back to the page", async () => {
    expect(await foresee({ method: "GET", path: "/settings/sessions" })).toEqual({
      redirectTo: "/sign-in?callbackUrl=%2Fsettings%2Fsessions",
    });
  });

  it.each([
    ["a query, of which Next has names of its own", { method: "GET", path: "/dashboard", search: "?_rsc=x" }],
    ["what Next's script asks for", { method: "GET", path: "/dashboard", more: { rsc: "1" } }],
    ["a form", { method: "POST", path: "/dashboard" }],
    ["an API, which answers with a problem", { method: "GET", path: "/api/me" }],
  ])("leaves a visitor with %s to the gate", async (_what, asked) => {
    expect(await foresee(asked)).toBe("unknown");
  });

  it.each(["forged", "overdue", "ended"])("leaves a gated page to the gate when the cookie is: %s", async (kind) => {
    expect(await foresee({ method: "GET", path: "/dashboard", cookie: cookies[kind] })).toBe("unknown");
  });

  it.each([
    ["an encoded letter", "/dashb%6fard"],
    ["a doubled slash", "//dashboard"],
    ["a slash at the end", "/dashboard/"],
    ["dots", "/x/../dashboard"],
    ["an ending", "/dashboard.rsc"],
    ["a parameter", "/dashboard;x"],
    ["another case", "/DASHBOARD"],
  ])("leaves a path with %s to the gate, which reads it as Next does", async (_what, path) => {
    expect(await foresee({ method: "GET", path, cookie: cookies["live"] })).toBe("unknown");
  });

  it.each([
    ["a form", "POST", "/dashboard"],
    ["what asks for a recent proof (S14)", "GET", "/settings/security/second-factor"],
    ["what is decided as of now", "GET", "/api/account"],
    ["what no row names", "GET", "/nowhere"],
  ])("leaves %s to the gate", async (_what, method, path) => {
    expect(await foresee({ method, path, cookie: cookies["live"] })).toBe("unknown");
  });
});
