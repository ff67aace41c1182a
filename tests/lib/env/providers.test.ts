import { describe, expect, it } from "vitest";

import { parseProviders } from "@/lib/env/providers";

const LOOPBACK = new URL("http://localhost:3000");
const PUBLIC = new URL("https://app.example.com");

function parse(source: Record<string, string>, authUrl: URL | undefined = PUBLIC) {
  const problems: string[] = [];
  const providers = parseProviders(source, authUrl, problems);
  return { providers, problems };
}

const github = { AUTH_GITHUB_ID: "id", AUTH_GITHUB_SECRET: "secret" };
const acme = {
  AUTH_OIDC_ACME_WORK_ISSUER: "https://login.acme.example",
  AUTH_OIDC_ACME_WORK_ID: "id",
  AUTH_OIDC_ACME_WORK_SECRET: "secret",
};

describe("parseProviders", () => {
  it("enables nothing where nothing is set", () => {
    expect(parse({ AUTH_SECRET: "x", AUTH_URL: "x", AUTH_TRUST_HOST: "true", PATH: "/bin" })).toEqual({
      providers: [],
      problems: [],
    });
  });

  it("enables a provider that Auth.js knows by two variables", () => {
    expect(parse(github)).toEqual({
      providers: [{ kind: "named", id: "github", clientId: "id", clientSecret: "secret" }],
      problems: [],
    });
  });

  it("takes a hyphen in the id for an underscore in the variable, and keeps the issuer", () => {
    const issuer = "https://login.microsoftonline.com/tenant/v2.0";
    expect(
      parse({
        AUTH_MICROSOFT_ENTRA_ID_ID: "id",
        AUTH_MICROSOFT_ENTRA_ID_SECRET: "secret",
        AUTH_MICROSOFT_ENTRA_ID_ISSUER: issuer,
      }),
    ).toEqual({
      providers: [{ kind: "named", id: "microsoft-entra-id", clientId: "id", clientSecret: "secret", issuer }],
      problems: [],
    });
  });

  it("signs out at a provider only where that is on", () => {
    const settings = { kind: "named", id: "github", clientId: "id", clientSecret: "secret" };
    expect(parse({ ...github, AUTH_GITHUB_LOGOUT: "on" }).providers).toEqual([{ ...settings, signOutThere: true }]);
    expect(parse({ ...github, AUTH_GITHUB_LOGOUT: "off" }).providers).toEqual([settings]);
    expect(parse({ ...acme, AUTH_OIDC_ACME_WORK_LOGOUT: "on" }).providers).toMatchObject([{ signOutThere: true }]);
    expect(parse({ ...acme, AUTH_OIDC_ACME_WORK_LOGOUT: "yes" }).problems).toEqual([
      "AUTH_OIDC_ACME_WORK_LOGOUT: must be on or off",
    ]);
  });

  it("refuses half a provider, naming the other half", () => {
    expect(parse({ AUTH_GITHUB_ID: "id" })).toEqual({
      providers: [],
      problems: ["AUTH_GITHUB_SECRET: is not set, but another AUTH_GITHUB_… variable is"],
    });
    expect(parse({ AUTH_GITHUB_ISSUER: "https://github.example" }).problems).toEqual([
      "AUTH_GITHUB_ID: is not set, but another AUTH_GITHUB_… variable is",
      "AUTH_GITHUB_SECRET: is not set, but another AUTH_GITHUB_… variable is",
    ]);
  });

  it("refuses a name that Auth.js does not know, and says what to write instead", () => {
    expect(parse({ AUTH_ACME_ID: "id", AUTH_ACME_SECRET: "secret" })).toEqual({
      providers: [],
      problems: ["AUTH_ACME_…: Auth.js has no provider named acme. For any OpenID Connect issuer use AUTH_OIDC_ACME_…"],
    });
  });

  it.each(["CREDENTIALS", "NODEMAILER", "PASSKEY"])("lets AUTH_%s_… switch on nothing of Auth.js's own", (name) => {
    expect(parse({ [`AUTH_${name}_ID`]: "id", [`AUTH_${name}_SECRET`]: "secret" }).providers).toEqual([]);
  });

  it("enables any OpenID Connect issuer, named in lower case with hyphens", () => {
    expect(parse({ ...acme, AUTH_OIDC_ACME_WORK_LABEL: "Acme at work" })).toEqual({
      providers: [
        {
          kind: "oidc",
          id: "acme-work",
          label: "Acme at work",
          clientId: "id",
          clientSecret: "secret",
          issuer: "https://login.acme.example",
        },
      ],
      problems: [],
    });
  });

  it("labels an issuer with its name when no label is set", () => {
    expect(parse(acme).providers).toMatchObject([{ label: "ACME_WORK" }]);
  });

  it("asks an OpenID Connect issuer for all three of its variables", () => {
    expect(parse({ AUTH_OIDC_ACME_LABEL: "Acme" }).problems).toEqual([
      "AUTH_OIDC_ACME_ISSUER: is not set, but another AUTH_OIDC_ACME_… variable is",
      "AUTH_OIDC_ACME_ID: is not set, but another AUTH_OIDC_ACME_… variable is",
      "AUTH_OIDC_ACME_SECRET: is not set, but another AUTH_OIDC_ACME_… variable is",
    ]);
  });

  it("refuses a second provider with the same id", () => {
    const second = {
      AUTH_OIDC_GITHUB_ISSUER: "https://x.example",
      AUTH_OIDC_GITHUB_ID: "id",
      AUTH_OIDC_GITHUB_SECRET: "s",
    };
    const { providers, problems } = parse({ ...github, ...second });

    expect(providers.map(({ kind, id }) => ({ kind, id }))).toEqual([{ kind: "named", id: "github" }]);
    expect(problems).toEqual(["AUTH_OIDC_GITHUB_…: the id github is taken by another provider. Choose another NAME"]);
  });

  it("keeps an issuer from posing as the password form", () => {
    const posing = {
      AUTH_OIDC_CREDENTIALS_ISSUER: "https://x.example",
      AUTH_OIDC_CREDENTIALS_ID: "id",
      AUTH_OIDC_CREDENTIALS_SECRET: "secret",
    };
    expect(parse(posing)).toEqual({
      providers: [],
      problems: ["AUTH_OIDC_CREDENTIALS_…: the id credentials is taken by another provider. Choose another NAME"],
    });
  });

  describe("an http issuer", () => {
    const withIssuer = (issuer: string) => ({ ...acme, AUTH_OIDC_ACME_WORK_ISSUER: issuer });
    const refused = [
      "AUTH_OIDC_ACME_WORK_ISSUER: must be an https URL (http only on this machine, while AUTH_URL is on it too)",
    ];

    it("passes on this machine, while the origin is on it too", () => {
      expect(parse(withIssuer("http://localhost:4000"), LOOPBACK).problems).toEqual([]);
      expect(parse(withIssuer("http://127.0.0.1:4000"), LOOPBACK).problems).toEqual([]);
    });

    it("is refused for a public origin, however local it is", () => {
      expect(parse(withIssuer("http://localhost:4000"), PUBLIC).problems).toEqual(refused);
    });

    it("is refused across a network, however local the origin is", () => {
      expect(parse(withIssuer("http://login.acme.example"), LOOPBACK).problems).toEqual(refused);
    });

    it("is refused while the origin is unknown", () => {
      const problems: string[] = [];
      parseProviders(withIssuer("http://localhost:4000"), undefined, problems);

      expect(problems).toEqual(refused);
    });

    it.each(["login.acme.example", "ftp://login.acme.example", "file:///etc/passwd"])(
      "is no better as %s",
      (issuer) => {
        expect(parse(withIssuer(issuer), LOOPBACK).problems).toEqual(refused);
      },
    );

    it("is refused for a provider that Auth.js knows as well", () => {
      expect(parse({ ...github, AUTH_GITHUB_ISSUER: "http://github.example" }).problems).toEqual([
        "AUTH_GITHUB_ISSUER: must be an https URL (http only on this machine, while AUTH_URL is on it too)",
      ]);
    });
  });
});
