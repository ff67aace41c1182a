import { beforeEach, describe, expect, it } from "vitest";

import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { endSessionsOf } from "@/features/session/end-session";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { waitingMails } from "../sign-up/mails-of";
import { ask, clear, confirmTokenFor, emailOf, eventsOf, newMover, now, origin, tokensTo } from "./mover";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const done = { ok: true, value: null };
const pendingChanges = () =>
  db().emailChange.findMany({ select: { fromEmail: true, toEmail: true, createdAt: true, expiresAt: true } });
const kinds = async () => (await waitingMails()).map(({ kind, to }) => `${kind} → ${to}`).sort();

describe("requestEmailChange", () => {
  it("mails a link to the new address and a notice to the present one, which stays (A48)", async () => {
    const mover = await newMover();

    expect(await ask(mover, "New@X.test")).toEqual(done);
    expect(await pendingChanges()).toEqual([
      { fromEmail: "old@x.test", toEmail: "new@x.test", createdAt: now, expiresAt: addSeconds(now, 86_400) },
    ]);
    expect(await kinds()).toEqual(["email_change_confirmation → new@x.test", "email_change_notice → old@x.test"]);
    expect(await tokensTo("new@x.test", "/confirm-email")).toHaveLength(1);
    expect(await emailOf(mover)).toBe("old@x.test");
    const { sessionId } = mover;
    expect(await eventsOf(mover)).toEqual([{ kind: "email_change_requested", sessionId, ...origin }]);
  });

  it("names in no mail the other address, which a stranger may have chosen", async () => {
    await ask(await newMover("old@x.test"), "new@x.test");
    await newMover("taken@x.test");
    await ask(await newMover("third@x.test"), "taken@x.test");

    for (const { to, text } of await waitingMails()) {
      for (const other of ["old@x.test", "new@x.test", "taken@x.test", "third@x.test"]) {
        if (other !== to) expect(text).not.toContain(other);
      }
    }
  });

  it.each([
    ["that somebody has", async () => void (await newMover("wanted@x.test"))],
    [
      "of a disabled account",
      async () =>
        void (await db().user.create({ data: { email: "wanted@x.test", emailVerified: now, disabledAt: now } })),
    ],
    [
      "of a sign-up that waits to be confirmed",
      async () => void (await db().signUp.create({ data: { email: "wanted@x.test", expiresAt: addSeconds(now, 60) } })),
    ],
  ])("answers and writes the same for an address %s as for a free one (A20)", async (_name, arrange) => {
    await arrange();
    const mover = await newMover();
    const before = { mails: await kinds(), answer: await ask(mover, "free@x.test"), changes: await pendingChanges() };
    await db().outgoingMail.deleteMany();
    const after = { mails: [], answer: await ask(mover, "wanted@x.test"), changes: await pendingChanges() };

    expect(after.answer).toEqual(before.answer);
    expect(after.changes).toEqual(before.changes.map((change) => ({ ...change, toEmail: "wanted@x.test" })));
    expect(await kinds()).toEqual(["email_change_confirmation → wanted@x.test", "email_change_notice → old@x.test"]);
  });

  it("tells the owner of a taken address, and gives nobody a link that would confirm it (A20)", async () => {
    const owner = await newMover("taken@x.test");
    await ask(await newMover(), "taken@x.test");
    const [mail] = (await waitingMails()).filter(({ to }) => to === "taken@x.test");

    expect(mail?.subject).toBe("Your address was entered for another account");
    expect((await waitingMails()).filter(({ text }) => text.includes("/confirm-email"))).toEqual([]);
    expect(await emailOf(owner)).toBe("taken@x.test");
  });

  it("refuses a wrong password, writes that down, and changes and mails nothing (A48)", async () => {
    const mover = await newMover();

    expect(await ask(mover, "new@x.test", { password: "wrong horse battery" })).toEqual({
      ok: false,
      refusal: "invalid_credentials",
    });
    expect(await pendingChanges()).toEqual([]);
    expect(await kinds()).toEqual([]);
    const { sessionId } = mover;
    expect(await eventsOf(mover)).toEqual([{ kind: "reauthentication_failed", sessionId, ...origin }]);
  });

  it("takes no recent sign-in in place of the password of an account that has one", async () => {
    expect(await ask(await newMover(), "new@x.test", { password: null })).toEqual({
      ok: false,
      refusal: "password_required",
    });
  });

  it.each([
    [599, done],
    [600, done],
    [601, { ok: false, refusal: "recent_authentication_required" }],
  ])("of an account without a password, a sign-in %i s ago answers %j", async (seconds, answer) => {
    const mover = await newMover("old@x.test", { password: false });

    expect(await ask(mover, "new@x.test", { password: null, authTime: addSeconds(now, -seconds) })).toEqual(answer);
  });

  it("refuses the address that the account has, however it is spelled", async () => {
    expect(await ask(await newMover("old@x.test"), " OLD@X.test ")).toEqual({ ok: false, refusal: "same_address" });
    expect(await kinds()).toEqual([]);
  });

  it("puts a newer change in the older one's place, whose link dies (A44)", async () => {
    const mover = await newMover();
    const older = await confirmTokenFor(mover, "first@x.test");
    const newer = await confirmTokenFor(mover, "second@x.test");
    const later = addSeconds(now, 60);

    expect(await confirmEmailChange(older, origin, later)).toEqual({ ok: false, refusal: "invalid_token" });
    expect(await confirmEmailChange(newer, origin, later)).toEqual(done);
    expect(await emailOf(mover)).toBe("second@x.test");
  });

  it("leaves one change when several are asked for at once, and its link is the one that works (F14)", async () => {
    const mover = await newMover();
    const wanted = ["a@x.test", "b@x.test", "c@x.test", "d@x.test"];
    const answers = await Promise.all(wanted.map((email) => ask(mover, email)));
    const changes = await pendingChanges();

    expect(answers).toEqual(wanted.map(() => done));
    expect(changes).toHaveLength(1);
    const tokens = (await Promise.all(wanted.map((email) => tokensTo(email, "/confirm-email")))).flat();
    const confirmed = await Promise.all(tokens.map((token) => confirmEmailChange(token, origin, now)));
    expect(confirmed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await emailOf(mover)).toBe(changes[0]?.toEmail);
  });

  it("counts to five an hour for each account, also in parallel", async () => {
    const mover = await newMover();
    const answers = await Promise.all(Array.from({ length: 7 }, (_, index) => ask(mover, `n${index}@x.test`)));
    const limited = { ok: false, refusal: "rate_limited:3600" };

    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    expect(answers.filter(({ ok }) => !ok)).toEqual([limited, limited]);
    expect(await ask(mover, "late@x.test", { at: addSeconds(now, 3599) })).toEqual(limited);
    expect(await ask(mover, "late@x.test", { at: addSeconds(now, 3600) })).toEqual(done);
  });

  it("mails one address five times an hour at most, whoever asks, and answers the same beyond", async () => {
    const askers = await Promise.all(Array.from({ length: 6 }, (_, index) => newMover(`asker${index}@x.test`)));
    const answers = await Promise.all(askers.map((mover) => ask(mover, "bombed@x.test")));

    expect(answers).toEqual(askers.map(() => done));
    expect((await waitingMails()).filter(({ to }) => to === "bombed@x.test")).toHaveLength(5);
  });

  it("refuses somebody whose session ended while the password was checked: a reset came in between (A39)", async () => {
    const mover = await newMover();
    await endSessionsOf(mover.userId, "password_changed", now);

    expect(await ask(mover, "new@x.test")).toEqual({ ok: false, refusal: "invalid_credentials" });
    expect(await pendingChanges()).toEqual([]);
    expect(await kinds()).toEqual([]);
  });
});
