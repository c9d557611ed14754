import type { Stack } from "aws-cdk-lib";
import type { StageConfig } from "../../stage-config";
import type { Permission } from "./permission";
import { onSecrets } from "./statements";

/** The rights that reading the configured sources takes; none in a stage that has none. */
export function readingSources(
  stack: Stack,
  { buckets, azure }: StageConfig["sources"],
  sourceSecretPrefix: string,
): readonly Permission[] {
  const arnOf = (name: string): string => `arn:${stack.partition}:s3:::${name}`;
  const keys = buckets.flatMap(({ keyArn }) => (keyArn === undefined ? [] : [keyArn]));
  return [
    ...(buckets.length === 0
      ? []
      : [
          {
            sid: "ListExportFolders",
            actions: ["s3:ListBucket"],
            resources: buckets.map(({ name }) => arnOf(name)),
          },
          {
            sid: "ReadExportFolders",
            actions: ["s3:GetObject"],
            resources: buckets.map(({ name, folder }) =>
              folder === undefined ? `${arnOf(name)}/*` : `${arnOf(name)}/${folder}/*`,
            ),
            patternReason: "Exports are written into folders that are named after their time.",
          },
        ]),
    ...(keys.length === 0
      ? []
      : [{ sid: "DecryptExportFolders", actions: ["kms:Decrypt"], resources: keys }]),
    ...(azure
      ? [
          onSecrets(
            { sid: "ReadSourceCredentials", actions: ["GetSecretValue"] },
            stack,
            sourceSecretPrefix,
          ),
        ]
      : []),
  ];
}
