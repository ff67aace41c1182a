import { NextRequest } from "next/server";
import { beforeEach, describe, expect, it } from "vitest";
import { accessPolicy } from "@/access";
import { gate } from "@/app/_request/gate";
import { passesGate } from "@/app/_request/passes-gate";
import { endSession } from "@/features/session/end-session";
import { sealSessionCookie, sessionCookieName } from "@/features/session/session-cookie";
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
  cookie?: string | undefined;
  more?: Record<string, string>;
}

const headersOf = ({ cookie, more }: Asked) => ({ ...(cookie ? { cookie } : {}), ...more });
const passes = (asked: Asked) => passesGate({ ...asked, headers: headersOf(asked) });

/** Whether the gate itself lets it through as it is: nothing is answered, set or changed. */
async function gateLetsThrough(asked: Asked): Promise<boolean> {
  const request = new NextRequest(ORIGIN + asked.path, { method: asked.method, headers: headersOf(asked) });
  const response = await gate(request);
  return (
    response.headers.get("x-middleware-next") === "1" &&
    [...response.headers.keys()].every((name) => AS_ARRIVED.includes(name))
  );
}

describe("passesGate", () => {
  it("says yes to nothing that the gate would not let through as it is (A11)", async () => {
    const paths = [...accessPolicy.map(({ path }) => filledIn(path.replace("/**", "/x"))), "/nowhere", "/api/nowhere"];
    const yes: string[] = [];
    for (const path of paths) {
      for (const method of ["GET", "POST", "PUT"]) {
        for (const [kind, cookie] of Object.entries(cookies)) {
          const asked = { method, path, cookie };
          if (!(await passes(asked))) continue;
          expect(await gateLetsThrough(asked), `${method} ${path}, cookie: ${kind}`).toBe(true);
          yes.push(`${method} ${kind}`);
        }
      }
    }

    // And it does say yes, or it would be for nothing.
    expect(new Set(yes)).toEqual(new Set(["GET none", "GET live", "POST none", "PUT none", "POST live", "PUT live"]));
    expect(yes.filter((what) => what === "GET live").length).toBeGreaterThan(accessPolicy.length / 2);
  });

  it("says yes to whoever is signed in, and brings nothing that is due", async () => {
    expect(await passes({ method: "GET", path: "/dashboard", cookie: cookies["live"] })).toBe(true);
    expect(await passes({ method: "PATCH", path: "/api/sessions/x", cookie: cookies["live"] })).toBe(true);
    expect(await passes({ method: "GET", path: "/sign-in" })).toBe(true);
    expect(await passes({ method: "GET", path: "/api/me", more: { authorization: "Bearer x" } })).toBe(true);
  });

  it.each(["none", "forged", "overdue", "ended"])(
    "leaves a gated page to the gate when the cookie is: %s",
    async (kind) => {
      expect(await passes({ method: "GET", path: "/dashboard", cookie: cookies[kind] })).toBe(false);
    },
  );

  it.each([
    ["an encoded letter", "/dashb%6fard"],
    ["a doubled slash", "//dashboard"],
    ["a slash at the end", "/dashboard/"],
    ["dots", "/x/../dashboard"],
    ["an ending", "/dashboard.rsc"],
    ["a parameter", "/dashboard;x"],
    ["another case", "/DASHBOARD"],
  ])("leaves a path with %s to the gate, which reads it as Next does", async (_what, path) => {
    expect(await passes({ method: "GET", path, cookie: cookies["live"] })).toBe(false);
  });

  it.each([
    ["a form", "POST", "/dashboard"],
    ["what asks for a recent proof (S14)", "GET", "/settings/security/second-factor"],
    ["what is decided as of now", "GET", "/api/account"],
    ["what no row names", "GET", "/nowhere"],
  ])("leaves %s to the gate", async (_what, method, path) => {
    expect(await passes({ method, path, cookie: cookies["live"] })).toBe(false);
  });
});
