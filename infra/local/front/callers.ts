import { randomBytes } from "node:crypto";
import { localCredentials } from "../aws-identity";
import type { AwsCaller } from "./aws-request";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Who calls with which access key. */
export interface Callers {
  /** The caller's key, made when it is asked for first. */
  credentialsOf(caller: AwsCaller): AwsCredentials;
  /** Undefined for a key that was never given out. */
  callerOf(accessKeyId: string): AwsCaller | undefined;
}

export function createCallers(): Callers {
  const byKey = new Map<string, AwsCaller>([[localCredentials.accessKeyId, { kind: "owner" }]]);
  const byCaller = new Map<string, AwsCredentials>([["owner", localCredentials]]);
  return {
    credentialsOf: (caller) => {
      const name = nameOf(caller);
      const existing = byCaller.get(name);
      if (existing !== undefined) return existing;
      // Keys of roles, which are temporary, begin like this (IAM user guide, "IAM identifiers").
      const accessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
      const credentials = { accessKeyId, secretAccessKey: randomBytes(20).toString("hex") };
      byCaller.set(name, credentials);
      byKey.set(accessKeyId, caller);
      return credentials;
    },
    callerOf: (accessKeyId) => byKey.get(accessKeyId),
  };
}

function nameOf(caller: AwsCaller): string {
  switch (caller.kind) {
    case "owner":
      return "owner";
    case "function":
      return `function ${caller.logicalId}`;
    case "schedule":
      return `schedule ${caller.roleArn}`;
  }
}

/**
 * The access key that a request is signed with (Signature Version 4): in its header, or in the URL of one
 * that was signed ahead. Undefined when it is not signed.
 */
export function accessKeyOf(authorization: string | undefined, url: string): string | undefined {
  const inHeader = /Credential=([^/,\s]+)\//.exec(authorization ?? "")?.[1];
  if (inHeader !== undefined) return inHeader;
  const query = url.split("?", 2)[1];
  return new URLSearchParams(query).get("X-Amz-Credential")?.split("/")[0];
}
