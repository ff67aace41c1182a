import { beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { BUDGETS } from "@/features/rate-limit/policy";
import { GOOD_PASSWORD, newAddress, storeAccount } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { useInstances } from "../support/server-instances";

/** A provider that is away: whatever is said in its name can't be checked. */
const AWAY = { AUTH_OIDC_AWAY_ISSUER: "http://127.0.0.1:1", AUTH_OIDC_AWAY_ID: "x", AUTH_OIDC_AWAY_SECRET: "x" };
const LIMITED = { RATE_LIMIT_SCALE: "1", TRUSTED_PROXIES: "1", MAGIC_LINK: "on", ...AWAY };
const instances = useInstances(LIMITED, LIMITED);
const TRIES = BUDGETS.password_account.tries;

/** What the proxy in front adds for a client at this address. */
const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
let lastHost = 0;
const elsewhere = () => from(`10.1.${++lastHost >> 8}.${lastHost & 255}`);
/** One instance after the other, as behind a balancer without stickiness. */
const anyClient = (index: number): HttpClient => {
  const { all } = instances();
  const instance = all[index % all.length];
  if (!instance) throw new Error("There is no instance.");
  return instance.client();
};

const newAccount = async () => {
  const email = newAddress();
  await storeAccount(instances(), { email, password: GOOD_PASSWORD, name: "Owner" });
  return email;
};
const checks = async (email: string) => {
  const [row] = await instances().query<{ n: number }>(
    "SELECT count(*)::int AS n FROM audit_events e JOIN users u ON u.id = e.user_id WHERE e.kind = 'sign_in_failed' AND u.email = $1",
    [email],
  );
  return row?.n;
};
function tally(responses: readonly Response[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Twenty at a time: more than there are tries, and no more than the two machines of a test have connections for. */
async function inBursts(count: number, send: (index: number) => Promise<Response>): Promise<Response[]> {
  const responses: Response[] = [];
  while (responses.length < count) {
    const first = responses.length;
    responses.push(...(await Promise.all(Array.from({ length: 20 }, (_, index) => send(first + index)))));
  }
  return responses;
}

describe("guessing a password", () => {
  it("A24, A25: a hundred guesses over a hundred addresses and two instances reach the check ten times", async () => {
    const email = await newAccount();
    const responses = await inBursts(100, (index) =>
      anyClient(index).post("/api/sign-in", { email, password: "a wrong guess" }, elsewhere()),
    );

    expect(tally(responses)).toEqual({ 401: TRIES, 429: 100 - TRIES });
    expect(await checks(email)).toBe(TRIES);
  });

  it("A22: an address without an account is limited at the same count, with the same answer", async () => {
    const known = await newAccount();
    const answers = [];
    for (const email of [known, newAddress()]) {
      const responses = await inBursts(20, (index) =>
        anyClient(index).post("/api/sign-in", { email, password: "a wrong guess" }, elsewhere()),
      );
      expect(tally(responses)).toEqual({ 401: TRIES, 429: 20 - TRIES });
      const refused = await anyClient(0).post("/api/sign-in", { email, password: GOOD_PASSWORD }, elsewhere());
      await expectProblem(refused.clone(), 429, "rate_limited");
      const names = [...refused.headers.keys()];
      const { requestId: _, ...body } = (await refused.json()) as Record<string, unknown>;
      answers.push({ names, body });
      const wait = Number(refused.headers.get("retry-after"));
      expect(wait).toBeGreaterThan(BUDGETS.password_account.seconds - 30);
      expect(wait).toBeLessThanOrEqual(BUDGETS.password_account.seconds);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it("A23: the owner's browser goes on signing in, and a made-up device cookie does not help anybody", async () => {
    const email = await newAccount();
    const home = anyClient(0);
    expect((await home.post("/api/sign-in", { email, password: GOOD_PASSWORD }, elsewhere())).status).toBe(200);
    await inBursts(40, (index) =>
      anyClient(index).post("/api/sign-in", { email, password: "a wrong guess" }, elsewhere()),
    );

    const forger = anyClient(1);
    forger.cookies.set("latchkey.device", "A".repeat(43));
    expect((await forger.post("/api/sign-in", { email, password: GOOD_PASSWORD }, elsewhere())).status).toBe(429);
    expect((await home.post("/api/sign-in", { email, password: GOOD_PASSWORD }, elsewhere())).status).toBe(200);
  });

  it("A24: the API and Auth.js's own address count together", async () => {
    const email = await newAccount();
    const client = anyClient(0);
    const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const callback = () =>
      client.request("POST", "/api/auth/callback/credentials", {
        body: new URLSearchParams({ csrfToken, email, password: "a wrong guess" }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", ...elsewhere().headers },
      });
    for (let guess = 0; guess < TRIES; guess++) {
      const response =
        guess % 2 === 0
          ? await callback()
          : await anyClient(1).post("/api/sign-in", { email, password: "a wrong guess" }, elsewhere());
      expect(response.status).toBe(guess % 2 === 0 ? 302 : 401);
    }
    const refused = await callback();
    await expectProblem(refused, 429, "rate_limited");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await checks(email)).toBe(TRIES);
  });

  it("A24: one address over many accounts", async () => {
    const limit = BUDGETS.password_network.tries;
    const responses = await inBursts(limit + 10, (index) =>
      anyClient(index).post("/api/sign-in", { email: newAddress(), password: "a wrong guess" }, from("192.0.2.77")),
    );
    expect(tally(responses)).toEqual({ 401: limit, 429: responses.length - limit });
  });

  it("A26: an IPv6 network is one client however its addresses rotate and are spelled, and nothing that a client says is believed", async () => {
    const limit = BUDGETS.password_network.tries;
    await instances().query("DELETE FROM rate_limits");
    const spellings = (index: number) => [
      `2001:db8:9:9::${index.toString(16)}`,
      `203.0.113.${index}, 2001:0DB8:0009:0009:0:0:${index.toString(16)}:1`,
      `[2001:db8:9:9:ffff::${index.toString(16)}]:4711`,
    ];
    const responses = await inBursts(limit + 10, (index) => {
      const claims = {
        "x-real-ip": `10.9.9.${index}`,
        forwarded: `for=10.8.8.${index}`,
        "cf-connecting-ip": `10.7.7.${index}`,
      };
      const headers = { ...claims, "x-forwarded-for": spellings(index)[index % 3] ?? "" };
      return anyClient(index).post("/api/sign-in", { email: newAddress(), password: "a wrong guess" }, { headers });
    });
    expect(tally(responses)).toEqual({ 401: limit, 429: responses.length - limit });
  });
});

describe("asking for mails", () => {
  beforeAll(async () => {
    await instances().query("DELETE FROM rate_limits");
  });

  it("A27: five mails an hour reach an address, and the answers stay the same", async () => {
    const email = await newAccount();
    const responses = await inBursts(40, (index) =>
      anyClient(index).post("/api/password/forgot", { email }, elsewhere()),
    );
    expect(tally(responses)).toEqual({ 202: 40 });
    const [row] = await instances().query<{ n: number }>(
      "SELECT count(*)::int AS n FROM outgoing_mails WHERE recipient = $1",
      [email],
    );
    expect(row?.n).toBeLessThanOrEqual(5);
  });

  it("A27: sign-ups and mails from one network are capped", async () => {
    const password = GOOD_PASSWORD;
    const signUps = await inBursts(40, (index) =>
      anyClient(index).post("/api/sign-up", { email: newAddress(), password }, from("198.51.100.5")),
    );
    expect(tally(signUps)).toEqual({ 202: BUDGETS.sign_up_network.tries, 429: 40 - BUDGETS.sign_up_network.tries });

    const paths = ["/api/password/forgot", "/api/verify-email/resend"];
    const mails = await inBursts(40, (index) =>
      anyClient(index).post(paths[index % 2] ?? "", { email: newAddress() }, from("198.51.100.5")),
    );
    expect(tally(mails)).toEqual({ 202: BUDGETS.mail_network.tries, 429: 40 - BUDGETS.mail_network.tries });
  });
});

describe("a provider's word that somebody signed out", () => {
  it("is not taken without end from one network, whether or not it can be checked", async () => {
    const say = (index: number) =>
      anyClient(index).post("/api/auth/back-channel-logout/away", undefined, {
        headers: { "content-type": "application/x-www-form-urlencoded", ...from("198.51.100.6").headers },
        body: "logout_token=x",
      });
    const { tries } = BUDGETS.logout_token_network;

    expect(tally(await inBursts(tries + 20, say))).toEqual({ 503: tries, 429: 20 });
  });
});

describe("a session", () => {
  it("A16: is renewed by fifty tabs that wake at once, and not without end", async () => {
    const email = await newAccount();
    const home = anyClient(0);
    await home.post("/api/sign-in", { email, password: GOOD_PASSWORD }, elsewhere());
    const limit = BUDGETS.refresh_session.tries;
    const renew = () => home.post("/api/refresh");

    expect(tally(await Promise.all(Array.from({ length: 50 }, renew)))).toEqual({ 200: 50 });
    const rest = await inBursts(80, renew);
    expect(tally(rest)).toEqual({ 200: limit - 50, 429: 80 - (limit - 50) });
    expect((await home.get("/api/me")).status).toBe(200);
  });

  it("A47: counts wrong passwords wherever it asks for one", async () => {
    const email = await newAccount();
    const home = anyClient(0);
    await home.post("/api/sign-in", { email, password: GOOD_PASSWORD }, elsewhere());
    const change = (currentPassword: string) =>
      home.post("/api/password/change", { currentPassword, newPassword: "seven kites over the harbour" });
    const move = () => home.post("/api/email/change", { email: newAddress(), password: "a wrong guess" });

    for (let guess = 0; guess < TRIES; guess++) {
      expect((await (guess % 2 === 0 ? change("a wrong guess") : move())).status).toBe(403);
    }
    await expectProblem(await change(GOOD_PASSWORD), 429, "rate_limited");
    await expectProblem(await move(), 429, "rate_limited");
  });
});
