import { attack } from "../attack";
import { demand, demandStatus, requireStep } from "../demand";
import { newSignedIn, type SignedIn } from "../person";
import { type CreationOptions, type Deviation, newPasskey, type RequestOptions } from "../software-authenticator";
import type { Target } from "../target";

const requestOptions = async (target: Target) =>
  (await (await target.client().post("/api/passkeys/authentication-options")).json()) as RequestOptions;

/** A person with a passkey, and the passkey. */
async function newPasskeyOwner(target: Target) {
  const signedIn = await newSignedIn(target);
  const passkey = newPasskey(target.origin);
  const added = await signedIn.client.post("/api/passkeys", passkey.register(await creationOptions(signedIn)));
  requireStep(added, 201, "the registration of a passkey");
  const { id } = (await added.json()) as { id: string };
  return { ...signedIn, passkey, id };
}

async function creationOptions({ client }: SignedIn): Promise<CreationOptions> {
  const response = await client.post("/api/passkeys/registration-options");
  requireStep(response, 200, "options for a passkey");
  return (await response.json()) as CreationOptions;
}

/** A60: an answer that an authenticator gave for something else, or that none gave, is none. */
async function twistedAnswers(target: Target): Promise<void> {
  const { passkey, client } = await newPasskeyOwner(target);
  const other = await newPasskeyOwner(target);
  const enter = async (deviation: Deviation, options?: RequestOptions) =>
    target.client().post("/api/sign-in/passkey", passkey.answer(options ?? (await requestOptions(target)), deviation));
  const { port } = new URL(target.origin);
  const twists: Readonly<Record<string, Deviation>> = {
    "of another origin": { origin: "https://evil.test" },
    "of the same machine under another name": { origin: `http://127.0.0.1:${port}` },
    "for another relying party": { rpId: "evil.test" },
    "without user verification": { userVerified: false },
    "without user presence": { userPresent: false },
    "of a registration": { type: "webauthn.create" },
    "from a frame of another site": { crossOrigin: true, topOrigin: "https://evil.test" },
    "to a challenge that nobody gave": { challenge: Buffer.alloc(32, 7).toString("base64url") },
    "signed by another key": { privateKey: other.passkey.privateKey },
    "with another person's user handle": { userHandle: Buffer.alloc(16, 1).toString("base64url") },
    "for another person's passkey": { credentialId: other.passkey.id },
    "with a counter that went back": { counter: 0 },
  };
  const options = await requestOptions(target);
  demandStatus(await enter({}, options), 200, "an honest answer");
  demandStatus(await enter({}, options), 400, "an answer to a challenge that was used");
  for (const [what, deviation] of Object.entries(twists))
    demandStatus(await enter(deviation), 400, `an answer ${what}`);
  const again = passkey.register(await creationOptions({ ...other, client: other.client }));
  demandStatus(await other.client.post("/api/passkeys", again), [400, 409], "registering somebody else's passkey");
  demandStatus(await client.get("/api/me"), 200, "the owner's session");
}

/** A59: a removed way in is closed, another's can't be removed. */
async function removedPasskey(target: Target): Promise<void> {
  const owner = await newPasskeyOwner(target);
  const stranger = await newSignedIn(target);
  const path = `/api/passkeys/${owner.id}`;
  demandStatus(await stranger.client.request("DELETE", path), 404, "removing somebody else's passkey");
  demandStatus(await owner.client.request("DELETE", path), 204, "removing one's own");
  const answer = owner.passkey.answer(await requestOptions(target));
  demandStatus(await target.client().post("/api/sign-in/passkey", answer), 400, "the passkey that was removed");
  const { passkeys } = (await (await owner.client.get("/api/passkeys")).json()) as { passkeys: unknown[] };
  demand(passkeys.length === 0, "the passkey that was removed is still in the list");
}

const needs = ["mailbox"] as const;

export const passkeyAttacks = [
  attack("A59", "GoTrue", "Ways in that were removed, or are somebody else's", removedPasskey, {
    needs,
    heldBy: "tests/http/passkeys.test.ts",
  }),
  attack("A60", "WebAuthn Level 3, Kratos", "Passkey answers for something else", twistedAnswers, {
    needs,
    heldBy: "tests/http/passkeys.test.ts",
  }),
];
