import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startIdentityProvider } from "@/scripts/development/identity-provider";
import { type HostileIssuer, METADATA_PATH, startHostileIssuer } from "../../support/hostile-issuer";
import { withDatabase } from "../../support/postgres";
import { examine } from "./examine";
import { said, useSetUp } from "./set-up";

const { root, database, mails, variables, broken, later } = useSetUp();

/** Listens on loopback until the tests are over. */
async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  later(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe("npm run doctor and a database", () => {
  it("diagnoses 18. a wrong password, and 19. a database that nobody made", async () => {
    const wrong = new URL(database.url);
    wrong.password = "not-the-password";
    const password = await broken({ DATABASE_URL: wrong.href });
    const missing = await broken({ DATABASE_URL: withDatabase(database.url, "nobody_made_it") });

    expect(password.problems).toEqual([
      expect.stringMatching(/^DATABASE_URL: can't connect: 28P01 password authentication failed/),
    ]);
    expect(password.fix).toBe("Correct user and password in DATABASE_URL; write @ : / in them as %40 %3A %2F");
    expect(missing.problems).toEqual(['DATABASE_URL: can\'t connect: 3D000 database "nobody_made_it" does not exist.']);
    expect(missing.fix).toBe("Make the database, or correct its name in DATABASE_URL: createdb NAME");
  });

  it("diagnoses 20. a schema that is missing, 21. behind, and 22. ahead", async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_empty`;
    const empty = withDatabase(database.url, name);
    await database.query(`CREATE DATABASE ${name}`);
    later(() => database.query(`DROP DATABASE ${name}`));
    const missing = await broken({ DATABASE_URL: empty });
    const newest = "(SELECT max(migration_name) FROM _prisma_migrations)";
    await database.query(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = ${newest}`);
    const behind = await broken({});
    await database.query("UPDATE _prisma_migrations SET rolled_back_at = NULL");
    await database.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', now())",
    );
    const ahead = await broken({});
    await database.query("DELETE FROM _prisma_migrations WHERE id = 'x'");

    expect(said(missing)).toEqual(["Of the database, the schema is missing.", "npm run migrate"]);
    expect(said(behind)).toEqual(["Of the database, the schema is older than this version.", "npm run migrate"]);
    expect(said(ahead)).toEqual([
      "Of the database, the schema is newer than this version.",
      "Deploy the version that made it",
    ]);
  });
});

describe("npm run doctor and a mail server", () => {
  it("diagnoses 23. a refused password", async () => {
    const server = new SMTPServer({
      ...{ logger: false, disabledCommands: ["STARTTLS"], allowInsecureAuth: true },
      onAuth: (_auth, _session, callback) => callback(new Error("No")),
    });
    const port = await listen(server.server);

    expect(said(await broken({ EMAIL_SERVER: `smtp://user:a-password@127.0.0.1:${port}` }))).toEqual([
      "The mail server of EMAIL_SERVER refuses user and password.",
      "Correct them in EMAIL_SERVER; write @ : / in them as %40 %3A %2F",
    ]);
  });

  it("diagnoses a password that would go in the clear, and a sender that is nobody's", async () => {
    // All of this machine's addresses: the same server, but not as loopback.
    const server = variables()["EMAIL_SERVER"]?.replace("127.0.0.1", "0.0.0.0") ?? "";
    const clear = await broken({ EMAIL_SERVER: server.replace("smtp://", "smtp://user:a-password@") });
    const invented = await broken({ EMAIL_SERVER: server });

    expect(said(clear)).toEqual([
      "The mail server of EMAIL_SERVER offers no encryption, and the password would go in the clear.",
      "Use smtps:// and its port, such as EMAIL_SERVER=smtps://user:password@mail.example.com:465",
    ]);
    expect(said(invented)).toEqual([
      "Mails come from Latchkey <no-reply@latchkey.example>, which is nobody's domain: receivers throw them away.",
      "Set EMAIL_FROM to an address of a domain of yours",
    ]);
  });

  it("sends a test mail when it is asked to, and only then", async () => {
    await broken({});
    const sent = await examine(root, variables(), { testMailTo: "ada@example.com" });

    expect(sent.hints).toContain("The mail server took the test mail to ada@example.com over.");
    const mail = await mails.next("ada@example.com");
    expect(mail.subject).toBe("Test mail of localhost:61999");
  });
});

describe("npm run doctor and Redis", () => {
  it("diagnoses 24. a refused password", async () => {
    const refusing = createServer((socket) => {
      // Commands come together, each an array: RESP.
      const refusal = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";
      socket.on("data", (commands) => socket.write(refusal.repeat(String(commands).match(/^\*/gm)?.length ?? 0)));
      socket.on("error", () => undefined);
    });
    const port = await listen(refusing);

    expect(said(await broken({ REDIS_URL: `redis://user:a-password@127.0.0.1:${port}` }))).toEqual([
      "The Redis of REDIS_URL refuses the password: rate limits are counted in PostgreSQL meanwhile.",
      "Correct user and password in REDIS_URL",
    ]);
  });
});

describe("npm run doctor and an issuer", () => {
  let issuer: HostileIssuer;
  beforeAll(async () => {
    issuer = await startHostileIssuer({ sub: "1", email: "somebody@example.com" });
  });
  afterAll(() => issuer.close());
  const withIssuer = (address = issuer.issuer) =>
    broken({
      AUTH_OIDC_CORP_ISSUER: address,
      AUTH_OIDC_CORP_ID: "corp",
      AUTH_OIDC_CORP_SECRET: "a-client-secret-of-ours",
    });

  it("diagnoses 25. keys that can't be fetched, 26. keys of no use, 27. another issuer, 28. no metadata", async () => {
    issuer.lie({ answers: { "/jwks": (_request, response) => response.writeHead(503).end() } });
    const unreachable = await withIssuer();
    issuer.lie({ answers: { "/jwks": (_request, response) => response.end('{"keys":[{"kty":"oct"}]}') } });
    const unusable = await withIssuer();
    issuer.lie({ metadata: (metadata) => ({ ...metadata, issuer: "https://login.example.com/" }) });
    const other = await withIssuer();
    issuer.lie({ answers: { [METADATA_PATH]: (_request, response) => response.writeHead(404).end() } });
    const none = await withIssuer();
    issuer.behave();

    const at = issuer.issuer;
    expect(said(unreachable)).toEqual([
      `The keys of ${at}/ can't be fetched from ${at}/jwks.`,
      "Let this machine out to that address",
    ]);
    expect(unusable.problems).toEqual([`None of the keys at ${at}/jwks makes signatures that are accepted.`]);
    expect(said(other)).toEqual([
      `${at}/ calls itself https://login.example.com/: its tokens would all be refused.`,
      "AUTH_OIDC_CORP_ISSUER=https://login.example.com/",
    ]);
    expect(said(none)).toEqual([
      `${at}/ publishes no OpenID Connect metadata.`,
      "Correct AUTH_OIDC_CORP_ISSUER: often a part of its path is missing, such as /realms/NAME",
    ]);
  });

  it("diagnoses 29. a redirect URI that the provider doesn't know, and prints it ready to paste", async () => {
    const client = { clientId: "corp", clientSecret: "a-client-secret-of-ours" };
    const redirectUris = ["http://localhost:61999/api/auth/callback/corp"];
    const knowing = await startIdentityProvider({ port: 0, redirectUris, ...client });
    const ignorant = await startIdentityProvider({
      port: 0,
      redirectUris: ["http://localhost:61999/other"],
      ...client,
    });
    later(knowing.close);
    later(ignorant.close);

    expect((await withIssuer(knowing.issuer)).problems).toEqual([]);
    expect(said(await withIssuer(ignorant.issuer))).toEqual([
      "CORP knows no client corp with this redirect URI.",
      `Register it there, letter by letter: ${redirectUris[0]}`,
    ]);
  });

  it("prints the redirect URI where a provider tells nobody whether it knows it", async () => {
    const { problems, outcomes } = await broken({ AUTH_GITHUB_ID: "an-id", AUTH_GITHUB_SECRET: "a-client-secret" });
    const told = outcomes.find(({ name }) => name === "Redirect URIs");

    expect(problems).toEqual([]);
    expect(told).toEqual({
      name: "Redirect URIs",
      state: "looked_at",
      findings: [
        {
          severity: "hint",
          sentence: "Whether GitHub knows the redirect URI can't be told from here.",
          fix: "It has to be registered there, letter by letter:",
          paste: ["http://localhost:61999/api/auth/callback/github"],
        },
      ],
    });
  });
});
