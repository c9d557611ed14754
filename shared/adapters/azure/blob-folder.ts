import { Readable } from "node:stream";
import type { BlobItem, ContainerClient } from "@azure/storage-blob" with {
  "resolution-mode": "import",
};
import * as z from "zod";
import { fixedReasons, namedReason } from "../../domain/problems/reasons";
import { DomainError } from "../../domain/problems/problem";
import { placeText } from "../../domain/sources/readable-sources";
import type { AzurePlace } from "../../domain/sources/source";
import type { FolderObject, ObjectFolder } from "../../ports";
import { folderObject } from "../folder-object";
import type { TokenCredential } from "./federated-sign-in";

/** How Azure is told who asks. */
export type AzureCredential =
  | { readonly kind: "sasToken"; readonly sasToken: string }
  | { readonly kind: "accountKey"; readonly accountKey: string }
  /** An app of Microsoft Entra, as which a token is asked for whenever the one before ends. */
  | { readonly kind: "federated"; readonly token: TokenCredential };

/** Times that a call is made, and milliseconds that one may take: together less than a function's 29 seconds. */
const TRIES = { maxTries: 3, tryTimeoutInMs: 6_000, retryDelayInMs: 300, maxRetryDelayInMs: 2_000 };

/** Times that a body whose connection is cut is asked for anew, from where it was cut. */
const MOST_RESUMPTIONS = 5;

/**
 * A folder of a container of Azure's storage. Accounts with a hierarchical namespace (`dfs`) have the same interface.
 *
 * @param emulator the address of the emulator that stands for Azure in the embedded environment
 */
export function createBlobFolder(
  place: AzurePlace,
  credential: AzureCredential,
  emulator?: string,
): ObjectFolder {
  const { account, container, folder } = place;
  const prefix = folder === "" ? "" : `${folder}/`;
  // Account and container are names by their schemas: nothing in them can lead elsewhere.
  const address =
    emulator === undefined
      ? `https://${account}.blob.core.windows.net/${container}`
      : `${emulator}/${account}/${container}`;
  let made: Promise<ContainerClient> | undefined;
  const clientOnce = (): Promise<ContainerClient> =>
    (made ??= clientOf(address, account, credential));

  async function asked<Answer>(ask: (client: ContainerClient) => Promise<Answer>): Promise<Answer> {
    try {
      return await ask(await clientOnce());
    } catch (error) {
      throw asProblem(error, place, credential.kind);
    }
  }

  return {
    find: (path) =>
      asked(async (client) => {
        try {
          const found = await client.getBlobClient(prefix + path).getProperties();
          return found.metadata?.["hdi_isfolder"] === "true"
            ? undefined
            : folderObject(path, found.contentLength, found.etag, found.lastModified);
        } catch (error) {
          if (statusOf(error) !== 404) {
            throw error;
          }
          // A container that is not there answers in the same way: whether it is, listing it tells.
          await client.listBlobsFlat({ prefix }).byPage({ maxPageSize: 1 }).next();
          return undefined;
        }
      }),

    list: (below, most) =>
      asked(async (client) => {
        const within = below === "" ? prefix : `${prefix}${below}/`;
        const folders = new Set<string>();
        const objects: FolderObject[] = [];
        let complete = true;
        const items = client.listBlobsByHierarchy("/", { prefix: within, includeMetadata: true });
        for await (const item of items) {
          if (folders.size + objects.length >= most) {
            complete = false;
            break;
          }
          if (item.kind === "prefix") {
            folders.add(item.name.slice(within.length, -1));
          } else if (!isFolder(item)) {
            const { contentLength, etag, lastModified } = item.properties;
            const object = folderObject(
              item.name.slice(prefix.length),
              contentLength,
              etag,
              lastModified,
            );
            objects.push(...(object === undefined ? [] : [object]));
          }
        }
        return { folders: [...folders], objects, complete };
      }),

    async open({ path, version }, changed) {
      try {
        const client = await clientOnce();
        const answer = await client.getBlobClient(prefix + path).download(0, undefined, {
          conditions: { ifMatch: version },
          maxRetryRequests: MOST_RESUMPTIONS,
        });
        const body = answer.readableStreamBody;
        if (body === undefined) {
          throw new DomainError("sourceUnavailable", {
            place: placeText(place),
            reason: fixedReasons.answerWithoutBody,
          });
        }
        return Readable.from(bytesOf(body, changed), { objectMode: false });
      } catch (error) {
        throw isChange(error) ? changed() : asProblem(error, place, credential.kind);
      }
    },
  };
}

/** A body's bytes; a blob that is replaced while it is read is told in the middle of it. */
async function* bytesOf(
  body: AsyncIterable<unknown>,
  changed: () => Error,
): AsyncGenerator<Buffer> {
  try {
    for await (const piece of body) {
      if (!Buffer.isBuffer(piece)) {
        throw new TypeError("a body is made of bytes");
      }
      yield piece;
    }
  } catch (error) {
    throw isChange(error) ? changed() : error;
  }
}

/** Of accounts with a hierarchical namespace: an empty blob that stands for a folder. */
function isFolder({ metadata, properties: { contentLength } }: BlobItem): boolean {
  return metadata?.["hdi_isfolder"] === "true" && contentLength === 0;
}

/** The SDK's package is loaded when a source first needs it: most runs read no Azure. */
async function clientOf(
  address: string,
  account: string,
  credential: AzureCredential,
): Promise<ContainerClient> {
  const azure = await import("@azure/storage-blob");
  const options = { retryOptions: TRIES, userAgentOptions: { userAgentPrefix: "segment-export" } };
  switch (credential.kind) {
    case "sasToken": {
      const anonymous = new azure.AnonymousCredential();
      return new azure.ContainerClient(`${address}?${credential.sasToken}`, anonymous, options);
    }
    case "accountKey": {
      const shared = new azure.StorageSharedKeyCredential(account, credential.accountKey);
      return new azure.ContainerClient(address, shared, options);
    }
    case "federated":
      return new azure.ContainerClient(address, credential.token, options);
  }
}

/** What the SDK throws of a call. */
const failureSchema = z
  .object({
    name: z.literal("RestError"),
    code: z.string().optional(),
    statusCode: z.number().optional(),
    /** The answer to a question for properties has no body: there the code is in a header. */
    details: z.object({ errorCode: z.string().optional() }).optional().catch(undefined),
  })
  .transform(({ code, statusCode, details }) => ({ statusCode, code: code ?? details?.errorCode }));

function statusOf(error: unknown): number | undefined {
  return failureSchema.safeParse(error).data?.statusCode;
}

function codeOf(error: unknown): string | undefined {
  return failureSchema.safeParse(error).data?.code;
}

/** 412: replaced. 404: deleted. */
function isChange(error: unknown): boolean {
  const status = statusOf(error);
  return status === 412 || (status === 404 && codeOf(error) !== "ContainerNotFound");
}

/** What a call has failed with. Azure's own text is left out: it may quote the token's signature. */
function asProblem(error: unknown, place: AzurePlace, kind: AzureCredential["kind"]): unknown {
  const failure = failureSchema.safeParse(error);
  if (!failure.success) {
    return error;
  }
  const params = { place: placeText(place) };
  const { statusCode, code = "" } = failure.data;
  if (statusCode === 401 || statusCode === 403) {
    return new DomainError("sourceForbidden", { ...params, reason: reasonOf(code, kind) });
  }
  if (statusCode === 404) {
    return new DomainError("sourcePlaceMissing", params);
  }
  if (code === "ENOTFOUND") {
    return new DomainError("sourcePlaceMissing", { place: `storage account “${place.account}”` });
  }
  return new DomainError("sourceUnavailable", {
    ...params,
    ...(statusCode === undefined
      ? { reason: fixedReasons.noConnection }
      : namedReason("status", { status: statusCode })),
  });
}

/** https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes */
function reasonOf(code: string, kind: AzureCredential["kind"]): string {
  switch (code) {
    // What is said of tokens of Microsoft Entra alone.
    case "InvalidAuthenticationInfo":
      return kind === "federated"
        ? fixedReasons.azureTokenForeign
        : fixedReasons.azureKeyUnreadable;
    case "AuthenticationFailed":
      return fixedReasons.azureKeyWrong;
    case "AuthorizationPermissionMismatch":
    case "AuthorizationFailure":
      return kind === "federated" ? fixedReasons.azureRoleMissing : fixedReasons.azureRightMissing;
    case "AuthorizationSourceIPMismatch":
      return fixedReasons.azureAddressForeign;
    case "AuthorizationServiceMismatch":
    case "AuthorizationResourceTypeMismatch":
      return fixedReasons.azureTokenForOthers;
    case "AuthorizationProtocolMismatch":
      return fixedReasons.azureTokenNotHttps;
    case "KeyBasedAuthenticationNotPermitted":
      return "the account takes no keys";
    case "PublicAccessNotPermitted":
    case "NoAuthenticationInformation":
      return "no credential was accepted";
    default:
      return /^[A-Za-z]{1,60}$/.test(code) ? `Azure says ${code}` : "Azure gives no reason";
  }
}
