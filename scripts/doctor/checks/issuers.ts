import { defineCheck, type Finding, NO_PROVIDER, problem } from "../check";
import { callerFor, type ExaminedProvider, examineProvider, type IssuerTrouble, readIssuer, readKeys } from "../issuer";

/** Whether each OpenID Connect issuer, and its keys, can be had from here. */
export const issuers = defineCheck({
  name: "Issuers",
  needs: ["AUTH_URL", "providers"],
  run: async ({ AUTH_URL, providers }) => {
    if (providers.length === 0) return NO_PROVIDER;
    const call = callerFor(AUTH_URL);
    const findings = providers.map(async (settings): Promise<Finding[]> => {
      const provider = await examineProvider(settings);
      const { issuer } = provider;
      if (!issuer) return [];
      const reading = await readIssuer({ ...provider, issuer }, call);
      if (reading.kind !== "read") return [describe(reading, provider, issuer)];
      return describeKeys(await readKeys(reading.metadata, call), reading.metadata.jwks_uri ?? "(none)", issuer);
    });
    return (await Promise.all(findings)).flat();
  },
});

function describe(reading: IssuerTrouble, provider: ExaminedProvider, issuer: URL): Finding {
  const variable = `${provider.prefix}_ISSUER`;
  switch (reading.kind) {
    case "unreachable":
      return problem(
        `The issuer ${issuer.href} can't be asked: ${reading.reason}`,
        `Let this machine out to it, or correct ${variable}`,
      );
    case "no_metadata":
      return problem(
        `${issuer.href} publishes no OpenID Connect metadata.`,
        `Correct ${variable}: often a part of its path is missing, such as /realms/NAME`,
      );
    case "other_issuer":
      return problem(
        `${issuer.href} calls itself ${reading.found}: its tokens would all be refused.`,
        `${variable}=${reading.found}`,
      );
  }
}

function describeKeys(keys: "usable" | "unreachable" | "unusable", address: string, issuer: URL): Finding[] {
  if (keys === "usable") return [];
  if (keys === "unreachable")
    return [
      problem(`The keys of ${issuer.href} can't be fetched from ${address}.`, "Let this machine out to that address"),
    ];
  const fix = "Have the issuer sign ID tokens with an asymmetric key, such as RS256 or ES256";
  return [problem(`None of the keys at ${address} makes signatures that are accepted.`, fix)];
}
