import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { patienceWithReaders } from "../waits";

/**
 * The S3 client of all adapters. The bucket is always named in the path, not in the host name: AWS takes
 * both forms, emulators only this one, so the same code runs on either without asking which it is.
 */
export function createS3Client(config: S3ClientConfig = {}): S3Client {
  return new S3Client({ ...patienceWithReaders, forcePathStyle: true, ...config });
}
