import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from "jose";

/** What tokens on this machine are signed with. */
export interface SigningKey {
  readonly algorithm: "RS256";
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly privateJwk: JWK;
  /** As it is published. */
  readonly publicJwk: JWK;
}

/** Makes a key that is good until the process ends. */
export async function createSigningKey(): Promise<SigningKey> {
  const algorithm = "RS256";
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const published = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(published);
  const attributes = { kid, use: "sig", alg: algorithm };
  return {
    ...{ algorithm, kid, privateKey },
    privateJwk: { ...(await exportJWK(privateKey)), ...attributes },
    publicJwk: { ...published, ...attributes },
  };
}
