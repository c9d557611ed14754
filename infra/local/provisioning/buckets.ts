import { createHash } from "node:crypto";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import type { PhysicalResource } from "../template/physical-values";

/** Creates a bucket, or takes the one that is there already. */
export async function createBucket(client: S3Client, name: string): Promise<PhysicalResource> {
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "BucketAlreadyOwnedByYou") throw error;
  }
  const domain = `${name}.s3.amazonaws.com`;
  return {
    ref: name,
    attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
  };
}

/** A bucket's name is 3 to 63 lower-case letters, digits and hyphens. */
export function bucketName(stackName: string, logicalId: string): string {
  const name = `${stackName}-${logicalId}`.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  if (name.length <= 63) return name;
  const suffix = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, 54)}-${suffix}`;
}
