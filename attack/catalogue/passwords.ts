import { attack } from "../attack";
import { demand, demandStatus } from "../demand";
import { mailboxOf, newAddress, newPassword, newPerson } from "../person";
import type { Target } from "../target";

const signUpWith = (target: Target, password: unknown, email = newAddress()) =>
  target.client().post("/api/sign-up", { email, password });

/** A28: what everybody guesses first is refused, and nothing else is asked for than length. */
async function passwordRules(target: Target): Promise<void> {
  const own = newAddress("margarethe-attacked");
  const refused: readonly (readonly [what: string, password: string, email?: string])[] = [
    ["7 characters", "x7#kq9!"],
    ["a common word twice", "passwordpassword"],
    ["a row of digits", "123456789012345"],
    ["one character over and over", "aaaaaaaaaaaaaaaaaaaa"],
    ["the product's name", "latchkeylatchkey"],
    ["one's own address", own, own],
  ];
  for (const [what, password, email] of refused) {
    demandStatus(await signUpWith(target, password, email), 422, `${what} as a password`);
  }
  const accepted = {
    "spaces and emoji": "🦔 walks under old 🌉 at dusk",
    "64 characters of ASCII": `${newPassword()} ${"lorem over ipsum under dolor"}`.slice(0, 64),
    "no capitals and no digits": "seven quiet lanterns over water",
  };
  for (const [what, password] of Object.entries(accepted)) {
    demandStatus(await signUpWith(target, password), 202, `a password of ${what}`);
  }
}

/** A29: every character counts, also those behind the 72nd byte, and the spaces at either end. */
async function wholePassword(target: Target): Promise<void> {
  const long = `${newPassword()} ${newPassword()} ${newPassword()}`;
  const head = Buffer.from(long).subarray(0, 72).toString();
  const person = await newPerson(target, { password: `${head}A` });
  const attempt = (password: string) => target.client().post("/api/sign-in", { email: person.email, password });
  demandStatus(await attempt(`${head}B`), 401, "a password that differs in its 73rd byte");
  demandStatus(await attempt(head), 401, "a password cut after 72 bytes");
  demandStatus(await attempt(`${head}A `), 401, "the password with a space behind it");
  demandStatus(await attempt(`${head}a`), 401, "the password with its last letter in another case");
  demandStatus(await attempt(`${head}A\0tail`), [401, 422], "the password with a NUL and more behind it");
  demandStatus(await attempt(`${head}A`), 200, "the very password");
}

const QUICK_MS = 1_000;
const PARALLEL_SIGN_INS = 50;
const RESPONSIVE_MS = 2_000;

/** A30: nobody keeps the server busy with what is too large to be meant, nor with hashing. */
async function expensiveInput(target: Target): Promise<void> {
  const megabyte = "a".repeat(1024 * 1024);
  const bodies = {
    "a password of 1 MB": { email: newAddress(), password: megabyte },
    "an address of 1 MB": { email: `${megabyte}@attack.test`, password: newPassword() },
    "10,000 fields": Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`, 1])),
    "a password of 60 KB": { email: newAddress(), password: "a".repeat(60_000) },
  };
  for (const [what, json] of Object.entries(bodies)) {
    for (const path of ["/api/sign-up", "/api/sign-in"]) {
      const beganMs = performance.now();
      const response = await target.client().post(path, json);
      // A sign-in says of no password that it is none.
      demandStatus(response, path === "/api/sign-in" ? [401, 413, 422] : [413, 422], `${what} at ${path}`);
      const tookMs = performance.now() - beganMs;
      demand(tookMs < QUICK_MS, `${what} at ${path} took ${Math.round(tookMs)} ms`);
    }
  }
  await staysResponsive(target);
}

async function staysResponsive(target: Target): Promise<void> {
  const attempts = Array.from({ length: PARALLEL_SIGN_INS }, () =>
    target.client().post("/api/sign-in", { email: newAddress(), password: newPassword() }),
  );
  const times: number[] = [];
  for (let call = 0; call < 5; call++) {
    const beganMs = performance.now();
    await target.client().get("/api/me");
    times.push(performance.now() - beganMs);
  }
  await Promise.all(attempts);
  const worst = Math.round(Math.max(...times));
  demand(worst < RESPONSIVE_MS, `/api/me took ${worst} ms while ${PARALLEL_SIGN_INS} passwords were checked`);
}

/** A31: forms that password managers understand. */
async function passwordFields(target: Target): Promise<void> {
  const expected: readonly (readonly [page: string, autocomplete: readonly string[]])[] = [
    ["/sign-in", ["username", "current-password"]],
    ["/sign-up", ["new-password"]],
  ];
  for (const [page, tokens] of expected) {
    const html = await (await target.client().get(page)).text();
    const inputs = html.match(/<input\b[^>]*>/gi) ?? [];
    for (const token of tokens) {
      const field = inputs.find((input) => new RegExp(`autocomplete="[^"]*\\b${token}\\b`, "i").test(input));
      demand(field !== undefined, `${page} has no field with autocomplete="${token}"`);
      const isSecret = token.endsWith("password");
      demand(!isSecret || /type="password"/i.test(field), `${page} shows the ${token} in the clear`);
      demand(!/onpaste/i.test(field), `${page} keeps people from pasting`);
    }
  }
}

/** A32: one mailbox has one account, however its address is spelled; no two mailboxes share one. */
async function oneAccountPerAddress(target: Target): Promise<void> {
  const email = newAddress();
  const shouted = email.toUpperCase();
  const password = newPassword();
  const answers = await Promise.all([signUpWith(target, password, email), signUpWith(target, password, shouted)]);
  for (const answer of answers) demandStatus(answer, 202, "one of two sign-ups at once");
  const { token } = await mailboxOf(target).linkTo(email, "/verify-email");
  demandStatus(await target.client().post("/api/verify-email", { token }), 200, "the confirmation");
  const ids = [];
  for (const spelling of [email, shouted, ` ${email} `]) {
    const response = await target.client().post("/api/sign-in", { email: spelling, password });
    demandStatus(response, 200, `signing in as ${spelling}`);
    ids.push(((await response.json()) as { user: { id: string } }).user.id);
  }
  demand(new Set(ids).size === 1, "spellings of one address open different accounts");
  for (const twin of [email.replace("attack", "attacK"), email.replace("a", "а"), email.replace("k", "ｋ")]) {
    if (twin.toLowerCase() === email) continue;
    const response = await target.client().post("/api/sign-in", { email: twin, password });
    demandStatus(response, [401, 422], `the address with a look-alike letter (${encodeURI(twin)})`);
  }
}

const needs = ["mailbox"] as const;

export const passwordAttacks = [
  attack("A28", "ASVS 6.2.1, 6.2.4, 6.2.5", "Weak passwords in, strong ones out", passwordRules),
  attack("A29", "ASVS 6.2.8, bcrypt", "Characters of a password that don't count", wholePassword, { needs }),
  attack("A30", "OWASP DoS", "Input that costs more than it is worth", expensiveInput, { alone: true }),
  attack("A31", "ASVS 6.2.6, 6.2.7", "Forms that keep password managers out", passwordFields, {
    heldBy: "tests/browser/accessibility.test.ts",
  }),
  attack("A32", "better-auth, GoTrue", "Several accounts for one address, or one for several", oneAccountPerAddress, {
    needs,
    heldBy: "tests/features/account/email-address.test.ts",
  }),
];
