// How another service verifies an access token: node verify-access-token.mjs https://app.example.com < token
import { text } from "node:stream/consumers";
import { createRemoteJWKSet, jwtVerify } from "jose";

const issuer = process.argv[2];
const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer), { cacheMaxAge: 300_000 });
const expected = { issuer, audience: issuer, typ: "at+jwt", algorithms: ["ES256"], clockTolerance: 15 };
try {
  const { payload } = await jwtVerify((await text(process.stdin)).trim(), keys, expected);
  process.stdout.write(`${JSON.stringify({ sub: payload.sub, sid: payload.sid, roles: payload.roles })}\n`);
} catch (error) {
  process.stderr.write(`refused: ${error.code}\n`);
  process.exitCode = 1;
}
