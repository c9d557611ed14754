import { s3Action } from "../../emulators/s3-action";
import type { Need, RequestContext, UnderstoodRequest } from "../aws-request";

/** A request to S3 as far as it tells what is to be allowed. */
export interface S3Request {
  readonly method: string;
  /** Path and query as received, path-style. */
  readonly url: string;
  readonly copySource: string | undefined;
  /** The XML of a request that deletes several objects. */
  readonly deletion: string | undefined;
}

/** Which action of a policy allows which operation (service authorization reference, S3). */
const objectPermissions: Readonly<Record<string, readonly [string, ...string[]]>> = {
  GetObject: ["GetObject"],
  HeadObject: ["GetObject"],
  GetObjectAttributes: ["GetObject", "GetObjectAttributes"],
  PutObject: ["PutObject"],
  CopyObject: ["PutObject"],
  CreateMultipartUpload: ["PutObject"],
  UploadPart: ["PutObject"],
  UploadPartCopy: ["PutObject"],
  CompleteMultipartUpload: ["PutObject"],
  AbortMultipartUpload: ["AbortMultipartUpload"],
  DeleteObject: ["DeleteObject"],
};

const bucketPermissions: Readonly<Record<string, string>> = {
  ListBuckets: "ListAllMyBuckets",
  HeadBucket: "ListBucket",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
};

export function understandS3(request: S3Request): UnderstoodRequest {
  const action = s3Action(request.method, request.url, request.copySource !== undefined);
  return { service: "s3", action, needs: needsOf(action, request) };
}

function needsOf(action: string, request: S3Request): Need[] {
  const [path = "/", search = ""] = request.url.split("?", 2);
  const query = new URLSearchParams(search);
  const [bucket = "", ...parts] = path.replace(/^\//, "").split("/").map(decode);
  if (action === "DeleteObjects") {
    return keysIn(request.deletion ?? "").map((key) =>
      need("DeleteObject", objectArn(bucket, key)),
    );
  }
  const permissions = objectPermissions[action];
  if (permissions === undefined) {
    return [
      need(
        bucketPermissions[action] ?? action,
        bucket === "" ? "*" : `arn:aws:s3:::${bucket}`,
        listContext(action, query),
      ),
    ];
  }
  const version = query.get("versionId");
  const target = objectArn(bucket, parts.join("/"));
  const onTarget = permissions.map((permission) =>
    version === null
      ? need(permission, target)
      : need(`${permission}Version`, target, { "s3:VersionId": [version] }),
  );
  return request.copySource === undefined
    ? onTarget
    : [needOfSource(request.copySource), ...onTarget];
}

function need(permission: string, resource: string, context: RequestContext = {}): Need {
  return { action: `s3:${permission}`, resource, context };
}

/** `bucket/key`, encoded, perhaps with a version; S3 allows a slash in front. */
function needOfSource(copySource: string): Need {
  const [path = "", version] = copySource.split("?versionId=", 2);
  const [bucket = "", ...parts] = decode(path).replace(/^\//, "").split("/");
  const source = objectArn(bucket, parts.join("/"));
  return version === undefined
    ? need("GetObject", source)
    : need("GetObjectVersion", source, { "s3:VersionId": [version] });
}

/** Condition keys of `s3:ListBucket`; those that the request does not name are not there. */
function listContext(action: string, query: URLSearchParams): RequestContext {
  if (!["ListObjects", "ListObjectsV2"].includes(action)) return {};
  return Object.fromEntries(
    ["prefix", "delimiter", "max-keys"].flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[`s3:${name}`, [value]]];
    }),
  );
}

function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

function keysIn(deletion: string): string[] {
  return [...deletion.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) =>
    key
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&apos;", "'")
      .replace(/&#x([0-9a-f]+);/gi, (_all, code: string) =>
        String.fromCodePoint(parseInt(code, 16)),
      )
      .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll("&amp;", "&"),
  );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
