import { randomUUID } from "node:crypto";
import { request as forward, type IncomingMessage, type RequestListener } from "node:http";
import { importJWK, jwtVerify } from "jose";
import * as z from "zod";
import type { SigningKey } from "../../identity/signing-key";
import { issuerOf, STORAGE_AUDIENCE } from "./entra";
import { azureNow, type EntraDirectory } from "./entra-directory";

/** What Azure's storage refuses a request with. */
interface StorageRefusal {
  readonly status: 401 | 403;
  readonly code: string;
}

const clientSchema = z.object({ appid: z.string() });

/**
 * What Azure's storage does with tokens of Microsoft Entra before it looks for a blob, which the emulator does not:
 * it takes none by http, and looks at no signature and no role. What is let in is asked of the emulator with `sas`.
 */
export function bearerFront(
  storageUrl: string,
  sas: string,
  directory: EntraDirectory,
  key: SigningKey,
): RequestListener {
  return (request, response) => {
    const answer = async (): Promise<void> => {
      const refused = await refusalOf(request, directory, key);
      if (refused !== undefined) {
        const { status, code } = refused;
        const headers = {
          "content-type": "application/xml",
          "x-ms-error-code": code,
          "x-ms-request-id": randomUUID(),
          ...(status === 401
            ? {
                "www-authenticate": `Bearer authorization_uri=https://login.microsoftonline.com/${directory.tenantId}/oauth2/authorize resource_id=${STORAGE_AUDIENCE}`,
              }
            : {}),
        };
        response
          .writeHead(status, headers)
          .end(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`);
        return;
      }
      const url = new URL(`${storageUrl}${request.url ?? "/"}`);
      url.search = [url.search.slice(1), sas].filter((part) => part !== "").join("&");
      const { authorization: _taken, host: _ours, ...headers } = request.headers;
      forward(url, { method: request.method, headers }, (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(response);
      })
        .on("error", () => response.destroy())
        .end();
    };
    answer().catch(() => response.destroy());
  };
}

async function refusalOf(
  { method, url = "/", headers: { authorization = "" } }: IncomingMessage,
  directory: EntraDirectory,
  key: SigningKey,
): Promise<StorageRefusal | undefined> {
  const [, token] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  if (token === undefined) {
    return { status: 401, code: "NoAuthenticationInformation" };
  }
  const clientId = await clientOf(token, directory, key);
  if (clientId === undefined) {
    return { status: 401, code: "InvalidAuthenticationInfo" };
  }
  const readable = directory.apps.get(clientId)?.readableContainers ?? new Set<string>();
  const [, , container = ""] = decodeURIComponent(url.split("?", 1)[0] ?? "").split("/");
  const reads = method === "GET" || method === "HEAD";
  return reads && (readable === "all" || readable.has(container))
    ? undefined
    : { status: 403, code: "AuthorizationPermissionMismatch" };
}

/** The app that a token was issued to; undefined where it is not one of the tenant's for the storage, or has ended. */
async function clientOf(
  token: string,
  directory: EntraDirectory,
  { publicJwk, algorithm }: SigningKey,
): Promise<string | undefined> {
  try {
    const expected = {
      issuer: issuerOf(directory.tenantId),
      audience: STORAGE_AUDIENCE,
      currentDate: azureNow(directory),
    };
    const { payload } = await jwtVerify(token, await importJWK(publicJwk, algorithm), expected);
    return clientSchema.safeParse(payload).data?.appid;
  } catch {
    return undefined;
  }
}
