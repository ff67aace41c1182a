import { attack, fromInside } from "../attack";
import { demand, demandStatus, requireStep } from "../demand";
import { newSignedIn, signIn } from "../person";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

const NOBODYS_ID = "00000000-0000-7000-8000-000000000000";

/** A93: what belongs to somebody else is not there. */
async function foreignIds(target: Target): Promise<void> {
  const [mine, theirs] = await Promise.all([newSignedIn(target), newSignedIn(target)]);
  const { sessions } = (await (await theirs.client.get("/api/sessions")).json()) as { sessions: { id: string }[] };
  const theirSession = sessions[0]?.id ?? "";
  const shape = async (method: string, path: string, json?: object) => {
    const response = await mine.client.request(method, path, json ? { json } : {});
    const text = (await response.text()).replace(/"requestId":"[^"]*"/, "");
    return `${response.status} ${text}`;
  };
  const calls = [
    ["DELETE", "/api/sessions/"],
    ["DELETE", "/api/passkeys/"],
    ["PATCH", "/api/passkeys/", { name: "Mine" }],
    ["DELETE", "/api/connections/"],
  ] as const;
  for (const [method, path, json] of calls) {
    const unknown = await shape(method, path + NOBODYS_ID, json);
    demand(unknown.startsWith("404"), `${method} ${path}… of nobody's: answered ${unknown.slice(0, 3)}`);
    for (const id of [theirSession, theirs.userId]) {
      const foreign = await shape(method, path + id, json);
      demand(foreign === unknown, `${method} ${path}… tells somebody else's id from nobody's`);
    }
  }
  demandStatus(await theirs.client.get("/api/me"), 200, "the other person's session");
}

/** A98: people take along what is theirs, and go for good. */
async function exportAndDeletion(target: Target): Promise<void> {
  const [mine, theirs] = await Promise.all([newSignedIn(target), newSignedIn(target)]);
  demandStatus(await target.client().get("/api/account/export"), 401, "an export for a stranger");
  const exported = await mine.client.get("/api/account/export");
  demandStatus(exported, 200, "one's own export");
  const text = await exported.text();
  demand(text.includes(mine.person.email), "the export doesn't hold the person's address");
  demand(!text.includes(theirs.person.email), "the export holds somebody else's address");
  demand(!/\$argon2|\$2[aby]\$/.test(text), "the export holds a password's hash");

  const other = await signIn(target, mine.person);
  const remove = (json: object) => mine.client.request("DELETE", "/api/account", { json });
  demandStatus(await remove({ password: "not the password of this person" }), 403, "a deletion with a wrong password");
  requireStep(await remove({ password: mine.person.password }), 202, "a deletion");
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  demandStatus(await mine.client.get("/api/me"), [401, 403], "the session after the deletion");
  demandStatus(await other.client.get("/api/me"), [401, 403], "another session after the deletion");
  const headers = { authorization: `Bearer ${other.accessToken}` };
  demandStatus(await target.client().get("/api/me", { headers }), [401, 403], "an access token after the deletion");
}

/** A99: what is taken along is a file for its owner, which no program runs or keeps. */
async function exportedFile(target: Target): Promise<void> {
  const { client } = await newSignedIn(target, { name: '=HYPERLINK("https://evil.test")' });
  const response = await client.get("/api/account/export");
  demandStatus(response, 200, "an export");
  const header = (name: string) => response.headers.get(name) ?? "";
  demand(header("content-disposition").startsWith("attachment"), "an export is shown, not saved");
  demand(header("cache-control").includes("no-store"), "an export may be kept");
  demand(/^application\/json/.test(header("content-type")), `an export is of the type ${header("content-type")}`);
  demand(header("x-content-type-options") === "nosniff", "an export's type may be guessed");
}

/** A100: what is sent to browsers holds nothing that only the server knows. */
async function secretsInScripts(target: Target): Promise<void> {
  const seen = new Set<string>();
  for (const path of ["/", "/sign-in", "/sign-up", "/forgot-password"]) {
    const { text } = await rawRequest(target.addresses[0], { path });
    for (const script of text.match(/\/_next\/static\/[^"\\]+\.js/g) ?? []) seen.add(script);
  }
  const inside =
    /DATABASE_URL|AUTH_SECRET|EMAIL_SERVER|postgres(?:ql)?:\/\/\w|PrismaClient|BEGIN [A-Z ]*PRIVATE KEY|\$queryRaw/;
  for (const script of seen) {
    const { text } = await rawRequest(target.addresses[0], { path: script });
    demand(!inside.test(text), `${script} holds ${inside.exec(text)?.[0]}`);
    demand(!/\/\/# sourceMappingURL=/.test(text), `${script} names a source map`);
  }
}

const needs = ["mailbox"] as const;

export const personalDataAttacks = [
  attack("A93", "OWASP BOLA", "Other people's ids", foreignIds, { needs, heldBy: "tests/http/passkeys.test.ts" }),
  fromInside("A95", "ASVS 16", "What the audit log leaves out", "tests/features/audit/coverage.test.ts"),
  fromInside("A96", "ASVS 16.2.5", "Secrets in the logs", "tests/http/new-device.test.ts"),
  fromInside(
    "A97",
    "ASVS 16.4",
    "Lines that write the log, and a log that is rewritten",
    "tests/features/audit/verify-chain.test.ts",
  ),
  attack("A98", "GDPR", "Data that is missing, foreign, or stays", exportAndDeletion, {
    needs,
    heldBy: "tests/features/account-deletion/purge-accounts.test.ts",
  }),
  attack("A99", "ASVS 1.2.10", "Exports that do something", exportedFile, { needs }),
  attack("A100", "ASVS 13.3.1", "Secrets in what is sent to browsers", secretsInScripts, {
    heldBy: "tests/http/build-output.test.ts",
  }),
  fromInside("A101", "ASVS 14.2.7", "What is never thrown away", "tests/features/clean-up/sweep.test.ts"),
  fromInside("A102", "ASVS 15", "Packages below their floors", "tests/architecture/pins.test.ts"),
];
