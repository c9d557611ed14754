import path from "node:path";
import { systemClock } from "./clock";
import type { Announcements } from "./emulators/announcements";
import { startDynamoDb } from "./emulators/dynamodb";
import { startEventBridge } from "./emulators/event-bridge";
import { startQueuesAndObjects } from "./emulators/queues-and-objects";
import { startScheduler } from "./emulators/scheduler/endpoint";
import type { Schedules } from "./emulators/scheduler/schedules";
import { startSecretsManager } from "./emulators/secrets-manager/endpoint";
import { startSns } from "./emulators/sns";
import { startSts } from "./emulators/sts";
import type { AwsFront } from "./front/front";
import type { AwsEndpoints } from "./provisioning/aws-clients";
import type { RequestCounter } from "./request-statistics";

export interface AwsServices {
  readonly endpoints: AwsEndpoints;
  close(): Promise<void>;
}

/**
 * Starts the AWS services that the system uses, on loopback.
 *
 * @param directory where objects are kept.
 */
export async function startEmbeddedServices(
  directory: string,
  schedules: Schedules,
  announcements: Announcements,
  counter: RequestCounter,
  front: AwsFront,
  messageDelayFactor?: number,
): Promise<AwsServices> {
  const services = await Promise.all([
    startDynamoDb(counter, front),
    startQueuesAndObjects(path.join(directory, "objects"), counter, front, messageDelayFactor),
    startSecretsManager(counter, systemClock, front),
    startScheduler(schedules, counter, front),
    startEventBridge(announcements, counter, front),
    startSns(announcements, counter, front),
    startSts(counter, front),
  ]);
  const [dynamodb, queuesAndObjects, secretsManager, scheduler, eventBridge, sns, sts] = services;
  return {
    endpoints: {
      dynamodb: dynamodb.url,
      s3: queuesAndObjects.url,
      sqs: queuesAndObjects.url,
      secretsManager: secretsManager.url,
      scheduler: scheduler.url,
      eventBridge: eventBridge.url,
      sns: sns.url,
      sts: sts.url,
    },
    close: async () => {
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

/** Any AWS-compatible endpoint in their place; it runs, and ends, without us. */
export function foreignServices(endpoint: string): AwsServices {
  const url = endpoint.replace(/\/$/, "");
  return {
    endpoints: {
      dynamodb: url,
      s3: url,
      sqs: url,
      secretsManager: url,
      scheduler: url,
      eventBridge: url,
      sns: url,
      sts: url,
    },
    close: () => Promise.resolve(),
  };
}
