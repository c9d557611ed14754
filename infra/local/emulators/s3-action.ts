/**
 * Which S3 action a request is: S3 has no action header, method, path and query tell.
 *
 * @param url path and query as received, path-style (`/bucket/key?…`).
 */
export function s3Action(method: string, url: string, copySource: boolean): string {
  const [path = "/", search = ""] = url.split("?", 2);
  const query = new URLSearchParams(search);
  const [bucket = "", ...rest] = path.replace(/^\//, "").split("/");
  if (bucket === "") return "ListBuckets";
  return rest.join("/") === ""
    ? bucketAction(method, query)
    : objectAction(method, query, copySource);
}

function bucketAction(method: string, query: URLSearchParams): string {
  switch (method) {
    case "PUT":
      return query.has("lifecycle") ? "PutBucketLifecycleConfiguration" : "CreateBucket";
    case "HEAD":
      return "HeadBucket";
    case "DELETE":
      return "DeleteBucket";
    case "POST":
      return "DeleteObjects";
    default:
      return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  }
}

function objectAction(method: string, query: URLSearchParams, copySource: boolean): string {
  switch (method) {
    case "PUT":
      if (query.has("partNumber")) return copySource ? "UploadPartCopy" : "UploadPart";
      return copySource ? "CopyObject" : "PutObject";
    case "POST":
      return query.has("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
    case "DELETE":
      return query.has("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
    case "HEAD":
      return "HeadObject";
    default:
      return query.has("attributes") ? "GetObjectAttributes" : "GetObject";
  }
}
