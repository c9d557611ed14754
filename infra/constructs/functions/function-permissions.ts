import type { Stack } from "aws-cdk-lib";
import type { FunctionDefinition, SpecialNeed } from "../../../shared/config/function-definition";
import type { Permission } from "./permission";
import type { ProvidedNeeds, Resources } from "./provided-needs";
import { onBucket, onSecrets, onTable, putOff, sendTo } from "./statements";

/**
 * What a function may do: what goes with its needs as a rule or by its definition, sending to the queues that it names,
 * and putting off messages of the queue that it works on.
 */
export function functionPermissions(
  definition: FunctionDefinition,
  stack: Stack,
  resources: Resources,
  provided: ProvidedNeeds,
): readonly Permission[] {
  const { needs, sends } = definition;
  const permissions = needs.flatMap((needed) => {
    if (typeof needed === "string") {
      return provided[needed].usual;
    }
    const granted = specialPermissions(needed, stack, resources);
    return needed.instead === undefined ? [...provided[needed.need].usual, ...granted] : granted;
  });
  if (sends !== undefined) {
    permissions.push(sendTo(sends.sid, sends.to, resources.queues));
  }
  const worksOn = definition.kind === "job" ? definition.worksOn : undefined;
  if (worksOn !== undefined && worksOn !== "everyMinute") {
    permissions.push(putOff(worksOn, resources.queues));
  }
  return permissions;
}

function specialPermissions(
  special: SpecialNeed,
  stack: Stack,
  { tables, buckets, secretNamePrefix, sourceSecretPrefix, config }: Resources,
): Permission[] {
  switch (special.need) {
    case "connections":
    case "exports":
    case "runs":
    case "settings":
    case "requests":
    case "audit": {
      const table = tables[special.need];
      return grantsOf(special).map((grant) => onTable(grant, table));
    }
    case "people":
      return grantsOf(special).map((grant) => onTable(grant, tables.settings));
    case "klaviyo":
      return grantsOf(special).map((grant) => onTable(grant, tables.rateLimits));
    case "segments":
    case "work": {
      const bucket = buckets[special.need];
      return grantsOf(special).map((grant) => onBucket(grant, bucket));
    }
    case "sourceSecrets":
      return config.sources.azure
        ? grantsOf(special).map((grant) => onSecrets(grant, stack, sourceSecretPrefix))
        : [];
    case "secrets":
      return grantsOf(special).map((grant) => onSecrets(grant, stack, secretNamePrefix));
  }
}

function grantsOf<Granted>({
  instead = [],
  also = [],
}: {
  readonly instead?: readonly Granted[];
  readonly also?: readonly Granted[];
}): readonly Granted[] {
  return [...instead, ...also];
}
