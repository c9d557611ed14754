import { functionOf } from "../gateway/http-api";
import type { Resolve } from "../template/intrinsics";
import type { PhysicalResource } from "../template/physical-values";
import { eventSourceMappingProperties, queueProperties } from "../template/resource-properties";
import { resourcesOfType } from "../template/resources-of-type";
import type { Template } from "../template/template";

/** A queue whose messages a function is given. */
export interface EventSourceMapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** How many batches are with the function at once, at most. */
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
  /** After how long a message comes back that was not deleted. */
  readonly visibilityTimeoutSeconds: number;
}

// Lambda begins with five batches at once for a standard queue (developer guide, "Scaling
// behavior"); a laptop stays there.
const defaultConcurrency = 5;
// SQS's own default.
const defaultVisibilityTimeoutSeconds = 30;

/** The template's enabled mappings. @throws when a source is not one of the template's queues. */
export function eventSourceMappings(
  template: Template,
  resolve: Resolve,
  created: ReadonlyMap<string, PhysicalResource>,
): EventSourceMapping[] {
  const queues = new Map(
    resourcesOfType(template, resolve, ["AWS::SQS::Queue"], queueProperties).map(
      ({ logicalId, properties }) => [logicalId, properties],
    ),
  );
  return resourcesOfType(
    template,
    resolve,
    ["AWS::Lambda::EventSourceMapping"],
    eventSourceMappingProperties,
  )
    .filter(({ properties }) => properties.Enabled)
    .map(({ logicalId, properties }) => {
      const [queueId, queue] =
        [...created].find(
          ([, { attributes }]) => attributes["Arn"] === properties.EventSourceArn,
        ) ?? [];
      if (queueId === undefined || queue === undefined) {
        throw new Error(
          `${logicalId} reads ${properties.EventSourceArn}, which is no queue of the template.`,
        );
      }
      return {
        queueUrl: queue.ref,
        queueArn: properties.EventSourceArn,
        functionName: functionOf(properties.FunctionName),
        batchSize: properties.BatchSize,
        batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
        maximumConcurrency: properties.ScalingConfig.MaximumConcurrency ?? defaultConcurrency,
        reportsBatchItemFailures:
          properties.FunctionResponseTypes.includes("ReportBatchItemFailures"),
        visibilityTimeoutSeconds:
          queues.get(queueId)?.VisibilityTimeout ?? defaultVisibilityTimeoutSeconds,
      };
    });
}
