import { beforeEach, describe, expect, it } from "vitest";

import { verifyPassword } from "@/features/password/verify-password";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { clear, counts, mailedTokens, waitingMails } from "./mails-of";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const now = new Date("2026-01-01T12:00:00.000Z");
const PASSWORD = "correct horse battery";
const signUpAs = (email: string, extra: { password?: string; name?: string } = {}, at = now) =>
  signUp(SignUpSchema.parse({ email, password: PASSWORD, ...extra }), at);
const accept = { ok: true, value: null };

async function register(email: string): Promise<void> {
  await signUpAs(email, {}, addSeconds(now, -7200));
  await verifyEmail((await mailedTokens(email))[0] ?? "", addSeconds(now, -7200));
}

describe("signUp", () => {
  it("keeps a sign-up until its address is proven, with hashes of what is secret", async () => {
    expect(await signUpAs("ada@x.test", { name: "Ada" })).toEqual(accept);

    expect(await counts()).toEqual({ users: 0, signUps: 1, tokens: 1, mails: 1 });
    const pending = await db().signUp.findFirstOrThrow({ include: { tokens: true } });
    const [token = ""] = await mailedTokens();
    expect(pending).toMatchObject({
      email: "ada@x.test",
      name: "Ada",
      provider: null,
      createdAt: now,
      expiresAt: addSeconds(now, 86_400),
      tokens: [{ tokenHash: hashToken(token), purpose: "sign_up", createdAt: now, expiresAt: addSeconds(now, 86_400) }],
    });
    expect(await verifyPassword(PASSWORD, pending.passwordHash)).toMatchObject({ valid: true });
  });

  it("mails a link to the configured origin, and says what confirming means", async () => {
    await signUpAs("ada@x.test");

    const [mail] = await waitingMails();
    expect(mail).toMatchObject({
      kind: "sign_up_verification",
      to: "ada@x.test",
      subject: "Confirm your e-mail address",
    });
    expect(mail?.text).toMatch(/^http:\/\/localhost:3000\/verify-email\?token=[A-Za-z0-9_-]{43}$/m);
    expect(mail?.text).toContain("Confirm only if it was you");
    expect(mail?.text).toContain("The link works once, for 24 hours.");
  });

  it("writes in the language of the request, and to whoever has an account in theirs", async () => {
    await register("ada@x.test");
    await db().user.updateMany({ data: { locale: "fr-FR" } });
    for (const [index, email] of ["ada@x.test", "new@x.test"].entries()) {
      await signUp(SignUpSchema.parse({ email, password: PASSWORD }), addSeconds(now, index), "de");
    }

    expect((await waitingMails()).slice(-2).map(({ to, subject }) => [to, subject])).toEqual([
      ["ada@x.test", "Vous avez déjà un compte"],
      ["new@x.test", "Bestätigen Sie Ihre E-Mail-Adresse"],
    ]);
  });

  it("mails no name that a stranger chose (A34)", async () => {
    await signUpAs("ada@x.test", { name: "You won! Go to evil.test <script>" });

    const [mail] = await waitingMails();
    expect(JSON.stringify(mail)).not.toMatch(/You won|evil\.test|script>alert/);
  });

  it("answers a known address as a new one, and mails its owner instead", async () => {
    await register("ada@x.test");
    const before = await db().user.findFirstOrThrow({ include: { password: true } });

    expect(await signUpAs("ada@x.test")).toEqual(await signUpAs("new@x.test"));
    const mail = (await waitingMails()).find(({ kind }) => kind === "sign_up_known_address");
    expect(mail).toMatchObject({ to: "ada@x.test", subject: "You already have an account" });
    expect(mail?.text.match(/https?:\/\/\S+/g)).toEqual(["http://localhost:3000/sign-in"]);
    expect(await db().signUp.count({ where: { email: "ada@x.test" } })).toBe(0);
    expect(await db().user.findFirstOrThrow({ include: { password: true } })).toEqual(before);
  });

  it("mails the owner of a known address at most once an hour", async () => {
    await register("ada@x.test");
    const knownMails = async () => (await waitingMails()).filter(({ kind }) => kind === "sign_up_known_address").length;

    await Promise.all([signUpAs("ada@x.test"), signUpAs("ada@x.test"), signUpAs("ada@x.test")]);
    expect(await knownMails()).toBe(1);
    expect(await signUpAs("ada@x.test", {}, addSeconds(now, 3599))).toEqual(accept);
    expect(await knownMails()).toBe(1);
    await signUpAs("ada@x.test", {}, addSeconds(now, 3600));
    expect(await knownMails()).toBe(2);
  });

  it("mails a new address at most five times an hour, also when asked in parallel, and then writes nothing", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => signUpAs("ada@x.test")));

    expect(answers).toEqual(Array.from({ length: 12 }, () => accept));
    expect(await counts()).toEqual({ users: 0, signUps: 5, tokens: 5, mails: 5 });
    await signUpAs("ada@x.test", {}, addSeconds(now, 3599));
    expect((await counts()).mails).toBe(5);
    await signUpAs("ada@x.test", {}, addSeconds(now, 3600));
    expect((await counts()).mails).toBe(6);
  });

  it("does not let one address use up another's mails", async () => {
    await Promise.all(Array.from({ length: 6 }, () => signUpAs("ada@x.test")));
    await signUpAs("bob@x.test");

    expect((await waitingMails()).filter(({ to }) => to === "bob@x.test")).toHaveLength(1);
  });

  it.each([
    ["too_short", "short"],
    ["too_long", "long ".repeat(100)],
  ] as const)(
    "refuses a password that is %s, alike for known and new addresses, and writes nothing",
    async (refusal, password) => {
      await register("ada@x.test");
      const before = await counts();

      expect(await signUpAs("ada@x.test", { password })).toEqual({ ok: false, refusal });
      expect(await signUpAs("new@x.test", { password })).toEqual({ ok: false, refusal });
      expect(await counts()).toEqual(before);
    },
  );
});

describe("SignUpSchema", () => {
  const issues = (input: unknown) =>
    SignUpSchema.safeParse(input).error?.issues.map(({ path, code }) => `${path.join(".")} ${code}`);
  const valid = { email: "a@x.test", password: PASSWORD };

  it("takes any script in a name, trimmed", () => {
    expect(SignUpSchema.parse({ ...valid, name: "  Adélaïde 陳 O’Neill-Ğ  " }).name).toBe("Adélaïde 陳 O’Neill-Ğ");
    expect(SignUpSchema.parse({ ...valid, name: "n".repeat(100) }).name).toHaveLength(100);
  });

  it.each([
    ["an empty name", { ...valid, name: "  " }, ["name too_small"]],
    ["a name of 101 characters", { ...valid, name: "n".repeat(101) }, ["name too_big"]],
    ["a name with a line break and a header (A34)", { ...valid, name: "Ada\r\nBcc: eve@evil.test" }, ["name custom"]],
    ["a name with a NUL", { ...valid, name: "A\0da" }, ["name custom"]],
    ["a name that turns text around", { ...valid, name: "Ada\u202Egnp.exe" }, ["name custom"]],
    ["a name with half of a surrogate pair", { ...valid, name: "A\ud800da" }, ["name custom"]],
    ["10 KB of name (A34)", { ...valid, name: "n".repeat(10_240) }, ["name too_big"]],
    ["a password that is a number", { ...valid, password: 1 }, ["password invalid_type"]],
    ["no password", { email: "a@x.test" }, ["password invalid_type"]],
    ["a role", { ...valid, roles: ["admin"] }, [" unrecognized_keys"]],
    ["an emailVerified", { ...valid, emailVerified: true }, [" unrecognized_keys"]],
  ])("refuses %s", (_name, input, expected) => {
    expect(issues(input)).toEqual(expected);
  });
});
