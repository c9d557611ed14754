import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, SignJWT, type JWTPayload } from "jose";
import * as z from "zod";
import type { SigningKey } from "../../identity/signing-key";
import { readBody } from "../../request-body";
import { azureNow, type EntraApp, type EntraDirectory } from "./entra-directory";

/** For whom the tokens are that Azure's storage takes. */
export const STORAGE_AUDIENCE = "https://storage.azure.com";

const formSchema = z.object({
  grant_type: z.literal("client_credentials"),
  client_id: z.string(),
  scope: z.literal(`${STORAGE_AUDIENCE}/.default`),
  client_assertion_type: z.literal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
  client_assertion: z.string(),
});
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** A refusal with the number that Microsoft's page of error codes lists. */
class Refusal extends Error {
  constructor(
    readonly error: "invalid_request" | "unauthorized_client" | "invalid_client",
    readonly code: number,
    message: string,
    readonly status = error === "invalid_client" ? 401 : 400,
  ) {
    super(message);
  }
}

/**
 * The token endpoint of Microsoft Entra, as far as apps that trust somebody else's tokens go: such a token is checked
 * as Microsoft says that it is, its signature with the keys that its issuer publishes.
 */
export function entraListener(directory: EntraDirectory, key: SigningKey): RequestListener {
  return (request, response) => {
    const respond = (status: number, content: object): void => {
      response
        .writeHead(status, { "content-type": "application/json; charset=utf-8" })
        .end(JSON.stringify(content));
    };
    const answer = async (): Promise<void> => {
      const read = await readBody(request);
      const form = read.kind === "read" ? new URLSearchParams(read.body.toString("utf8")) : [];
      try {
        const [, tenant = ""] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(request.url ?? "") ?? [];
        const app = await signedInApp(directory, tenant, Object.fromEntries(form));
        respond(200, {
          token_type: "Bearer",
          expires_in: directory.tokenSeconds,
          ext_expires_in: directory.tokenSeconds,
          access_token: await accessToken(directory, app, key),
        });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        respond(error.status, {
          error: error.error,
          error_description: `AADSTS${error.code}: ${error.message}`,
          error_codes: [error.code],
          timestamp: new Date().toISOString(),
          trace_id: randomUUID(),
          correlation_id: randomUUID(),
        });
      }
    };
    answer().catch(() => response.destroy());
  };
}

async function signedInApp(
  directory: EntraDirectory,
  tenant: string,
  given: Readonly<Record<string, string>>,
): Promise<EntraApp> {
  if (tenant !== directory.tenantId) {
    throw new Refusal("invalid_request", 90002, `Tenant '${tenant}' not found.`);
  }
  const form = formSchema.safeParse(given);
  if (!form.success) {
    throw new Refusal("invalid_request", 900144, "The request body lacks a parameter.");
  }
  const { client_id: clientId, client_assertion: assertion } = form.data;
  const app = directory.apps.get(clientId);
  if (app === undefined) {
    const message = `Application with identifier '${clientId}' was not found in the directory.`;
    throw new Refusal("unauthorized_client", 700016, message);
  }
  const { iss = "", sub = "", aud } = claimsOf(assertion);
  const ofIssuer = app.federatedCredentials.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) {
    throw unmatched(700211, "issuer", iss);
  }
  const trusted = ofIssuer.find(({ subject }) => subject === sub);
  if (trusted === undefined) {
    throw unmatched(700213, "subject", sub);
  }
  if (aud !== trusted.audience) {
    throw unmatched(700212, "audience", String(aud));
  }
  await verify(assertion, iss, trusted.audience);
  return app;
}

function unmatched(code: number, claim: string, value: string): Refusal {
  const message = `No matching federated identity record found for presented assertion ${claim} '${value}'.`;
  return new Refusal("invalid_client", code, message);
}

function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new Refusal("invalid_client", 50027, "JWT token is invalid or malformed.");
  }
}

async function verify(token: string, issuer: string, audience: string): Promise<void> {
  const discovered = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri } = discoverySchema.parse(await discovered.json());
  try {
    const keys = createRemoteJWKSet(new URL(jwks_uri));
    await jwtVerify(token, keys, { issuer, audience, algorithms: ["RS256"] });
  } catch (error) {
    throw error instanceof errors.JWTExpired
      ? new Refusal(
          "invalid_client",
          700024,
          "Client assertion is not within its valid time range.",
        )
      : new Refusal("invalid_client", 700027, "Client assertion failed signature validation.");
  }
}

function accessToken(
  directory: EntraDirectory,
  { clientId, objectId }: EntraApp,
  { algorithm, kid, privateKey }: SigningKey,
): Promise<string> {
  const { tenantId, tokenSeconds } = directory;
  directory.tokensIssued += 1;
  const now = Math.floor(azureNow(directory).getTime() / 1_000);
  return new SignJWT({ appid: clientId, oid: objectId, tid: tenantId, idtyp: "app" })
    .setProtectedHeader({ alg: algorithm, kid, typ: "JWT" })
    .setIssuer(issuerOf(tenantId))
    .setSubject(objectId)
    .setAudience(STORAGE_AUDIENCE)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + tokenSeconds)
    .sign(privateKey);
}

/** Who a tenant's tokens say that they are from. */
export function issuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}
