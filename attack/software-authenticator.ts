import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** How one answer differs from an honest one. */
export interface Deviation {
  origin?: string;
  rpId?: string;
  type?: string;
  /** In place of the options' one, base64url. */
  challenge?: string;
  crossOrigin?: boolean;
  topOrigin?: string;
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  counter?: number;
  userHandle?: string | null;
  credentialId?: string;
  /** Signs with this key in place of the credential's own. */
  privateKey?: KeyObject;
  attestation?: { format: string; statement: Cbor };
}

/** What `POST /api/passkeys/registration-options` answers, as far as an authenticator reads it. */
export interface CreationOptions {
  challenge: string;
  rp: { id?: string | undefined };
  user: { id: string };
}

/** What `POST /api/passkeys/authentication-options` answers, as far as an authenticator reads it. */
export interface RequestOptions {
  challenge: string;
  rpId?: string | undefined;
}

/** A passkey in software, which lies when it is told to. */
export interface SoftwarePasskey {
  readonly id: string;
  readonly privateKey: KeyObject;
  /** Answers a registration. */
  register(options: CreationOptions, deviation?: Deviation): ReturnType<typeof registration>;
  /** Answers a request to prove itself. Its counter goes up by one each time. */
  answer(options: RequestOptions, deviation?: Deviation): ReturnType<typeof assertion>;
}

interface Key {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  origin: string;
  userHandle: string;
  counter: number;
  counts: boolean;
  backupEligible: boolean;
  aaguid: string;
}

/**
 * A new key.
 *
 * @param origin - Of the page that it is used on.
 * @param options.counts - Whether it counts its signatures, as security keys do, or says 0 each time, as synced ones do.
 */
export function newPasskey(
  origin: string,
  options: { counts?: boolean; backupEligible?: boolean; aaguid?: string } = {},
): SoftwarePasskey {
  const key: Key = {
    id: randomBytes(32).toString("base64url"),
    ...generateKeyPairSync("ec", { namedCurve: "P-256" }),
    ...{ origin, userHandle: "", counter: 0, counts: options.counts ?? true },
    backupEligible: options.backupEligible ?? false,
    aaguid: options.aaguid ?? "00000000-0000-0000-0000-000000000000",
  };
  return {
    ...{ id: key.id, privateKey: key.privateKey },
    register: (creation, deviation = {}) => registration(key, creation, deviation),
    answer: (request, deviation = {}) => assertion(key, request, deviation),
  };
}

function registration(key: Key, { challenge, rp, user }: CreationOptions, deviation: Deviation) {
  key.userHandle = user.id;
  const id = deviation.credentialId ?? key.id;
  const { format, statement } = deviation.attestation ?? { format: "none", statement: new Map() };
  const attestationObject = encode(
    new Map<Cbor, Cbor>([
      ["fmt", format],
      ["attStmt", statement],
      ["authData", Buffer.concat([authenticatorData(key, rp.id, 0x40, deviation), attestedCredential(key, id)])],
    ]),
  );
  return {
    ...envelope(id),
    response: {
      clientDataJSON: clientData("webauthn.create", key, challenge, deviation),
      attestationObject: attestationObject.toString("base64url"),
      transports: ["internal"],
      // As browsers add, and nobody reads.
      publicKeyAlgorithm: -7,
    },
  };
}

function assertion(key: Key, { challenge, rpId }: RequestOptions, deviation: Deviation) {
  if (key.counts) key.counter += 1;
  const data = authenticatorData(key, rpId, 0, deviation);
  const clientDataJSON = clientData("webauthn.get", key, challenge, deviation);
  const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, "base64url"))]);
  const { userHandle = key.userHandle } = deviation;
  return {
    ...envelope(deviation.credentialId ?? key.id),
    response: {
      clientDataJSON,
      authenticatorData: data.toString("base64url"),
      signature: sign("sha256", signed, deviation.privateKey ?? key.privateKey).toString("base64url"),
      ...(userHandle === null ? {} : { userHandle }),
    },
  };
}

const envelope = (id: string) => {
  return {
    id,
    rawId: id,
    type: "public-key",
    clientExtensionResults: {},
    authenticatorAttachment: "platform",
  } as const;
};

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();

function clientData(type: string, { origin }: Key, challenge: string, deviation: Deviation): string {
  const { topOrigin } = deviation;
  const said = {
    type: deviation.type ?? type,
    challenge: deviation.challenge ?? challenge,
    origin: deviation.origin ?? origin,
    crossOrigin: deviation.crossOrigin ?? false,
    ...(topOrigin === undefined ? {} : { topOrigin }),
  };
  return Buffer.from(JSON.stringify(said)).toString("base64url");
}

/** https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
function authenticatorData(key: Key, rpId = "", moreFlags: number, deviation: Deviation): Buffer {
  const backedUp = deviation.backupEligible ?? key.backupEligible;
  const flags =
    Number(deviation.userPresent ?? true) |
    (Number(deviation.userVerified ?? true) << 2) |
    (Number(backedUp) << 3) |
    (Number(backedUp) << 4) |
    moreFlags;
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(deviation.counter ?? key.counter);
  return Buffer.concat([sha256(deviation.rpId ?? rpId), Buffer.of(flags), counter]);
}

function attestedCredential({ aaguid, publicKey }: Key, id: string): Buffer {
  const credentialId = Buffer.from(id, "base64url");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(credentialId.length);
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const coseKey = new Map<Cbor, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, "base64url")],
    [-3, Buffer.from(y, "base64url")],
  ]);
  return Buffer.concat([Buffer.from(aaguid.replaceAll("-", ""), "hex"), length, credentialId, encode(coseKey)]);
}

/** As much of CBOR (RFC 8949) as authenticators speak. */
export type Cbor = number | string | Buffer | Cbor[] | Map<Cbor, Cbor>;

function encode(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encode)]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, member]) => [encode(key), encode(member)])]);
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | argument);
  if (argument < 0x100) return Buffer.of((major << 5) | 24, argument);
  return Buffer.of((major << 5) | 25, argument >> 8, argument & 0xff);
}
