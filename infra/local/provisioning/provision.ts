import { resolverFor, physicalName, type PhysicalResource } from "../template/physical-values";
import {
  bucketProperties,
  queueProperties,
  tableProperties,
} from "../template/resource-properties";
import { resourcesOfType } from "../template/resources-of-type";
import type { Template } from "../template/template";
import type { AwsClients } from "./aws-clients";
import { bucketName, createBucket } from "./buckets";
import { createQueue, setRedrivePolicy } from "./queues";
import { createTable } from "./tables";

/**
 * Creates the template's tables, buckets and queues at the given endpoints, whatever answers there.
 *
 * @returns what exists now, by logical id.
 */
export async function provision(
  template: Template,
  clients: AwsClients,
  apiUrl: string,
): Promise<ReadonlyMap<string, PhysicalResource>> {
  const created = new Map<string, PhysicalResource>();
  const resolve = resolverFor(template, created, apiUrl);
  const { stackName } = template;

  const tables = resourcesOfType(
    template,
    resolve,
    ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"],
    tableProperties,
  );
  const buckets = resourcesOfType(template, resolve, ["AWS::S3::Bucket"], bucketProperties);
  const queues = resourcesOfType(template, resolve, ["AWS::SQS::Queue"], queueProperties);

  await Promise.all([
    ...tables.map(async ({ logicalId, properties }) => {
      const name = physicalName(stackName, logicalId, properties.TableName);
      created.set(logicalId, await createTable(clients.dynamodb, name, properties));
    }),
    ...buckets.map(async ({ logicalId, properties }) => {
      const name = properties.BucketName ?? bucketName(stackName, logicalId);
      created.set(logicalId, await createBucket(clients.s3, name));
    }),
    ...queues.map(async ({ logicalId, properties }) => {
      const name = physicalName(stackName, logicalId, properties.QueueName);
      created.set(logicalId, await createQueue(clients.sqs, name, properties));
    }),
  ]);

  // Only now do the dead-letter queues have their ARNs.
  const resolved = resourcesOfType(template, resolve, ["AWS::SQS::Queue"], queueProperties);
  await Promise.all(
    resolved.map(async ({ logicalId, properties: { RedrivePolicy } }) => {
      const queue = created.get(logicalId);
      if (queue === undefined || RedrivePolicy === undefined) return;
      await setRedrivePolicy(clients.sqs, queue.ref, RedrivePolicy);
    }),
  );
  return created;
}
