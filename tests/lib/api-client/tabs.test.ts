import { describe, expect, it } from "vitest";

import type { Locks } from "@/lib/api-client/refresh-lock";
import { useFakeApi } from "./fake-api";
import { newLocks } from "./fake-locks";
import { useClients } from "./use-clients";

const api = useFakeApi();
const otherApi = useFakeApi();
const client = useClients(api);

const NOW = Date.parse("2026-11-21T10:00:00Z");
const ended = { status: 401, body: { code: "session_ended", reason: "password_changed" } };
const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

/** Clients that share their locks, as the tabs of one browser do. */
const tabs = (count: number, options: { now?: () => number; locks?: Locks | null } = {}) => {
  const locks = newLocks();
  return Array.from({ length: count }, () => client({ locks, ...options }));
};

describe("several tabs with Web Locks", () => {
  it("fetch one token for all, however many ask at once", async () => {
    const open = tabs(3);
    const answers = await Promise.all(open.flatMap(({ http }) => Array.from({ length: 5 }, () => http.get("/api/me"))));

    expect(answers.map(({ data }) => data.token)).toEqual(Array.from({ length: 15 }, () => "token-1"));
    expect(api.refreshes).toBe(1);
    expect(open.map(({ events }) => types(events)).sort()).toEqual([
      ["token_fetched"],
      ["token_from_another_tab"],
      ["token_from_another_tab"],
    ]);
  });

  it("refresh once for all when the token was refused to all", async () => {
    let nowMs = NOW;
    const open = tabs(3, { now: () => nowMs++ });
    await Promise.all(open.map(({ http }) => http.get("/api/me")));
    api.reset();
    await Promise.all(open.map(({ http }) => http.get("/api/me")));

    expect(api.refreshes).toBe(1);
  });

  it("are told of the end once each, and ask once", async () => {
    api.refusal = ended;
    const open = tabs(3);
    const outcomes = await Promise.allSettled(open.map(({ http }) => http.get("/api/me")));

    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { reason: "password_changed" } });
    expect(api.refreshes).toBe(1);
    expect(open.map(({ events }) => types(events))).toEqual(open.map(() => ["signed_out"]));
  });

  it("each try for themselves when one of them failed", async () => {
    api.refusal = { status: 503 };
    const outcomes = await Promise.allSettled(tabs(2).map(({ http }) => http.get("/api/me")));

    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { transient: true } });
    expect(api.refreshes).toBe(2);
  });

  it("go on without the lock when it is not to be had", async () => {
    const request = () => Promise.reject(new DOMException("The operation timed out.", "TimeoutError"));
    const [tab] = tabs(1, { locks: { ...newLocks(), request } });

    expect((await tab?.http.get("/api/me"))?.status).toBe(200);
  });

  it("wait for a token that was announced, when the lock is faster than the message", async () => {
    const locks = newLocks();
    const { http } = client({ locks, now: () => NOW });
    const sender = new BroadcastChannel(`latchkey ${api.origin}`);
    const token = { value: "token-from-there", fetchedAtMs: NOW - 1_000, expiresAtMs: NOW + 299_000 };
    void locks.request(`latchkey:refresh ${api.origin} news x`, () => new Promise(() => {}));
    setTimeout(() => sender.postMessage({ id: "x", message: { type: "token", token } }), 100);
    api.good.add("token-from-there");

    expect((await http.get("/api/me")).data.token).toBe("token-from-there");
    expect(api.refreshes).toBe(0);
    sender.close();
  });

  it("wait no longer than a second for the news of a tab that was closed before it told them", async () => {
    const locks = newLocks();
    void locks.request(`latchkey:refresh ${api.origin} news of-a-closed-tab`, () => new Promise(() => {}));
    const { http } = client({ locks });
    const startedAt = performance.now();

    expect((await http.get("/api/me")).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it("start again together after signedIn()", async () => {
    api.refusal = ended;
    const [one, other] = tabs(2);
    await expect(one?.http.get("/api/me")).rejects.toMatchObject({ code: "signed_out" });
    await expect.poll(() => types(other?.events ?? [])).toEqual(["signed_out"]);
    api.refusal = null;
    one?.signedIn();

    await expect
      .poll(() =>
        other?.http
          .get("/api/me")
          .then(({ status }) => status)
          .catch(() => 0),
      )
      .toBe(200);
  });
});

describe("several tabs without Web Locks", () => {
  it("refresh once each at the most, and hear of each other's tokens", async () => {
    const open = tabs(3, { locks: null });
    await Promise.all(open.flatMap(({ http }) => [http.get("/api/me"), http.get("/api/me")]));
    expect(api.refreshes).toBeLessThanOrEqual(3);

    const refreshed = api.refreshes;
    const late = client({ locks: null });
    await open[0]?.refresh();
    await expect.poll(() => types(late.events)).toEqual(["token_from_another_tab"]);
    await late.http.get("/api/me");
    expect(api.refreshes).toBe(refreshed + 1);
  });

  it("are told of the end once each", async () => {
    const open = tabs(2, { locks: null });
    api.refusal = ended;
    await Promise.allSettled(open.map(({ http }) => http.get("/api/me")));

    await expect.poll(() => open.map(({ events }) => types(events))).toEqual([["signed_out"], ["signed_out"]]);
  });
});

describe("what other tabs say", () => {
  const channel = () => new BroadcastChannel(`latchkey ${api.origin}`);
  const tokenMessage = (id: string, value: string, fetchedAtMs: number) => ({
    id,
    message: { type: "token", token: { value, fetchedAtMs, expiresAtMs: fetchedAtMs + 300_000 } },
  });
  /** Messages of one sender arrive in order: once the last one was heard, so were the others. */
  const LAST = tokenMessage("last", "token-last", NOW + 1);

  it("is left alone where it makes no sense", async () => {
    const { http, events } = client({ now: () => NOW });
    const sender = channel();
    for (const nonsense of [
      null,
      "token",
      { id: 1 },
      { id: "a", message: { type: "token", token: { value: 1 } } },
      { id: "a", message: { type: "signed_out", signedOut: { reason: "signed_out", at: "today" } } },
      { id: "a", message: { type: "explode" } },
      { message: LAST.message },
    ]) {
      sender.postMessage(nonsense);
    }
    sender.postMessage(LAST);
    await expect.poll(() => types(events)).toEqual(["token_from_another_tab"]);
    sender.close();
    api.good.add("token-last");

    expect((await http.get("/api/me")).data.token).toBe("token-last");
  });

  it("never replaces a newer token by an older one", async () => {
    const { http, events } = client({ now: () => NOW });
    await http.get("/api/me");
    const sender = channel();
    sender.postMessage(tokenMessage("older", "token-older", NOW - 1));
    sender.postMessage(LAST);
    await expect.poll(() => types(events)).toEqual(["token_fetched", "token_from_another_tab"]);
    sender.close();
  });

  it("never ends a session twice, nor revives an ended one with a token that was on its way", async () => {
    api.refusal = ended;
    const { http, events } = client({ now: () => NOW });
    await expect(http.get("/api/me")).rejects.toMatchObject({ code: "signed_out" });
    const sender = channel();
    const signedOut = { reason: "signed_out", at: new Date(NOW) };
    sender.postMessage({ id: "again", message: { type: "signed_out", signedOut } });
    sender.postMessage(tokenMessage("late", "token-late", NOW + 1));
    sender.postMessage({ id: "in", message: { type: "signed_in" } });
    sender.postMessage(LAST);
    await expect.poll(() => types(events)).toEqual(["signed_out", "token_from_another_tab"]);
    sender.close();
  });

  it("is not heard by a client of another API", async () => {
    const [ours, theirs] = [client(), client({ baseURL: otherApi.origin })];
    await ours.http.get("/api/me");
    await theirs.http.get("/api/me");

    expect(types(theirs.events)).toEqual(["token_fetched"]);
    expect([api.refreshes, otherApi.refreshes]).toEqual([1, 1]);
  });
});
