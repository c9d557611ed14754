import * as z from "zod";
import { localAccountId, localRegion } from "../../aws-identity";
import type { Secret } from "../../emulators/secrets-manager/secret";
import type { Need, RequestContext, UnderstoodRequest } from "../aws-request";

const tagsSchema = z.array(z.object({ Key: z.string(), Value: z.string() }));

const inputSchema = z.object({
  Name: z.string().optional().catch(undefined),
  SecretId: z.string().optional().catch(undefined),
  VersionId: z.string().optional().catch(undefined),
  VersionStage: z.string().optional().catch(undefined),
  ForceDeleteWithoutRecovery: z.boolean().optional().catch(undefined),
  RecoveryWindowInDays: z.number().optional().catch(undefined),
  Tags: tagsSchema.optional().catch(undefined),
  TagKeys: z.array(z.string()).optional().catch(undefined),
});
type Input = z.output<typeof inputSchema>;

const READS_VALUE = ["GetSecretValue"];
const WRITES_VALUE = ["CreateSecret", "PutSecretValue", "UpdateSecret"];

/**
 * A request to Secrets Manager. A secret that is encrypted with a key of its owner asks for that key too.
 *
 * @param find the secret with a name or an ARN.
 */
export function understandSecretsManager(
  action: string,
  raw: Readonly<Record<string, unknown>>,
  find: (secretId: string) => Secret | undefined,
): UnderstoodRequest {
  const input = inputSchema.parse(raw);
  const secret = input.SecretId === undefined ? undefined : find(input.SecretId);
  const resource = secret?.arn ?? arnOf(input);
  const context: RequestContext = {
    ...(secret === undefined ? {} : tagContext("aws:ResourceTag", [...secret.tags])),
    ...requestTags(input),
    ...given("secretsmanager:SecretId", secret?.arn),
    ...given("secretsmanager:Name", input.Name),
    ...given("secretsmanager:VersionId", input.VersionId),
    ...given("secretsmanager:VersionStage", input.VersionStage),
    ...given("secretsmanager:ForceDeleteWithoutRecovery", input.ForceDeleteWithoutRecovery),
    ...given("secretsmanager:RecoveryWindowInDays", input.RecoveryWindowInDays),
  };
  const need = (name: string): Need => ({
    action: `secretsmanager:${name}`,
    resource: action === "ListSecrets" ? "*" : resource,
    context,
  });
  return {
    service: "secretsmanager",
    action,
    needs: [
      need(action),
      // A secret with tags is also a secret that is tagged (service authorization reference).
      ...(action === "CreateSecret" && (input.Tags ?? []).length > 0 ? [need("TagResource")] : []),
      ...needsOfKey(action, secret),
    ],
  };
}

function needsOfKey(action: string, secret: Secret | undefined): Need[] {
  const key = secret?.kmsKeyId;
  if (key === undefined || key === "alias/aws/secretsmanager") return [];
  const resource = key.startsWith("arn:")
    ? key
    : `arn:aws:kms:${localRegion}:${localAccountId}:key/${key}`;
  const context: RequestContext = {
    "kms:ViaService": [`secretsmanager.${localRegion}.amazonaws.com`],
    ...given("kms:EncryptionContext:SecretARN", secret?.arn),
  };
  return [
    ...(READS_VALUE.includes(action) ? [{ action: "kms:Decrypt", resource, context }] : []),
    ...(WRITES_VALUE.includes(action)
      ? [
          { action: "kms:GenerateDataKey", resource, context },
          { action: "kms:Decrypt", resource, context },
        ]
      : []),
  ];
}

/** The ARN of a secret that is not there: as it would be, or as it was given. */
function arnOf({ Name, SecretId = "" }: Input): string {
  const prefix = `arn:aws:secretsmanager:${localRegion}:${localAccountId}:secret:`;
  if (Name !== undefined) return `${prefix}${Name}-??????`;
  return SecretId.startsWith("arn:") ? SecretId : `${prefix}${SecretId}`;
}

function requestTags({ Tags = [], TagKeys }: Input): RequestContext {
  const keys = TagKeys ?? Tags.map(({ Key }) => Key);
  return {
    ...tagContext(
      "aws:RequestTag",
      Tags.map(({ Key, Value }) => [Key, Value]),
    ),
    ...(keys.length === 0 ? {} : { "aws:TagKeys": keys }),
  };
}

function tagContext(
  name: string,
  tags: readonly (readonly [key: string, value: string])[],
): RequestContext {
  return Object.fromEntries(tags.map(([key, value]) => [`${name}/${key}`, [value]]));
}

function given(key: string, value: string | number | boolean | undefined): RequestContext {
  return value === undefined ? {} : { [key]: [String(value)] };
}
