import type { Stack } from "aws-cdk-lib";
import { ENTRA_AUDIENCE, ENTRA_PROOF_SECONDS } from "../../../shared/domain/sources/federated-app";
import { MODEL_FILE } from "../../../shared/domain/sources/model/model-json";
import type { StageConfig } from "../../stage-config";
import type { Permission } from "./permission";
import { onSecrets } from "./statements";

/**
 * The rights that reading the configured sources takes; none in a stage that has none.
 *
 * @param reads who only looks what there is, and whether it was refreshed, reads no customers
 */
export function readingSources(
  stack: Stack,
  { buckets, azure, azureFederation }: StageConfig["sources"],
  sourceSecretPrefix: string,
  reads: "allFiles" | "modelAlone",
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
            resources: buckets.map(({ name, folder }) => {
              const place = folder === undefined ? arnOf(name) : `${arnOf(name)}/${folder}`;
              return `${place}/*${reads === "allFiles" ? "" : MODEL_FILE}`;
            }),
            patternReason:
              "Exports are written into folders that are named after their time, below folders that people name.",
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
    ...(azureFederation
      ? [
          {
            sid: "ProveIdentityToEntra",
            actions: ["sts:GetWebIdentityToken"],
            resources: ["*"],
            // To Microsoft Entra alone, and for no longer than it takes to hand the token over.
            conditions: {
              "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": [ENTRA_AUDIENCE] },
              Null: { "sts:IdentityTokenAudience": "false" },
              StringEquals: { "sts:SigningAlgorithm": "RS256" },
              NumericLessThanEquals: { "sts:DurationSeconds": String(ENTRA_PROOF_SECONDS) },
            },
            patternReason:
              "The action knows no resources; the conditions say for whom and for how long tokens are issued.",
          },
        ]
      : []),
  ];
}
