import type { PolicyStatement } from "./policy-document";
import { readOperator } from "./conditions";

/** Keys that each request has here or, when it is about something else, rightly lacks. */
const ofAllServices = [
  /^aws:CurrentTime$/i,
  /^aws:EpochTime$/i,
  /^aws:PrincipalAccount$/i,
  /^aws:PrincipalArn$/i,
  /^aws:PrincipalIsAWSService$/i,
  /^aws:PrincipalTag\/.+$/i,
  /^aws:PrincipalType$/i,
  /^aws:RequestedRegion$/i,
  /^aws:ResourceAccount$/i,
  /^aws:SecureTransport$/i,
  /^aws:SourceAccount$/i,
  /^aws:SourceArn$/i,
];

/** By what stands in front of the actions that they are for. */
const ofService: Readonly<Record<string, readonly RegExp[]>> = {
  dynamodb: [
    /^dynamodb:(Attributes|EnclosingOperation|LeadingKeys|ReturnConsumedCapacity|ReturnValues|Select)$/i,
  ],
  events: [/^events:(source|detail-type)$/i],
  iam: [/^iam:(AssociatedResourceArn|PassedToService)$/i],
  kms: [/^kms:(EncryptionContext:SecretARN|ViaService)$/i],
  s3: [/^s3:(prefix|delimiter|max-keys|TlsVersion|VersionId)$/i],
  secretsmanager: [
    /^aws:(RequestTag|ResourceTag)\/.+$/i,
    /^aws:TagKeys$/i,
    /^secretsmanager:(ForceDeleteWithoutRecovery|Name|RecoveryWindowInDays|ResourceTag\/.+|SecretId|VersionId|VersionStage)$/i,
  ],
  sts: [/^sts:(DurationSeconds|IdentityTokenAudience|SigningAlgorithm)$/i],
};

/** Keys that may have several values, which an operator must say how to take together. */
const ofSeveralValues = [
  /^aws:TagKeys$/i,
  /^dynamodb:(Attributes|LeadingKeys)$/i,
  /^sts:IdentityTokenAudience$/i,
];

/**
 * Refuses statements that could be decided otherwise here than on AWS: with an operator that is not known,
 * or with a key that no request here is given.
 *
 * @param name where the statement stands, for the error.
 */
export function checkConditions(name: string, statement: PolicyStatement): void {
  const actions = statement.Action ?? statement.NotAction ?? [];
  const services = new Set(actions.map((action) => action.split(":")[0]?.toLowerCase() ?? ""));
  for (const [operatorName, keys] of Object.entries(statement.Condition)) {
    const operator = readOperator(operatorName);
    for (const key of Object.keys(keys)) {
      const known = (service: string): boolean =>
        [...ofAllServices, ...(ofService[service] ?? [])].some((pattern) => pattern.test(key));
      const unknown = [...services].find((service) => !known(service));
      if (unknown !== undefined) {
        throw new Error(
          `${name}: the condition key ${key} can't be enforced here for ${unknown === "" ? "all actions" : unknown}.`,
        );
      }
      if (
        operator.set === undefined &&
        operator.compare !== "Null" &&
        ofSeveralValues.some((pattern) => pattern.test(key))
      ) {
        throw new Error(
          `${name}: the condition key ${key} has several values; ${operatorName} needs ForAllValues or ForAnyValue.`,
        );
      }
    }
  }
}
