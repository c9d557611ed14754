import {
  CreateScheduleGroupCommand,
  GetScheduleGroupCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { scheduleGroupProperties, topicProperties } from "../template/resource-properties";
import { resourcesOfType } from "../template/resources-of-type";
import { physicalName, type PhysicalResource } from "../template/physical-values";
import type { Resolve } from "../template/intrinsics";
import type { Template } from "../template/template";
import { clientConfiguration, type AwsEndpoints } from "./aws-clients";

/**
 * Creates what the embedded services make of themselves and others do not: the template's schedule groups and topics,
 * which functions put schedules into and publish to. They are called as the endpoint's answers say, which may be of
 * another account than the template is read for.
 *
 * @returns what exists now, by logical id.
 */
export async function createForeignResources(
  template: Template,
  resolve: Resolve,
  endpoints: AwsEndpoints,
): Promise<ReadonlyMap<string, PhysicalResource>> {
  const scheduler = new SchedulerClient(clientConfiguration(endpoints.scheduler));
  const sns = new SNSClient(clientConfiguration(endpoints.sns));
  const { stackName } = template;
  const groups = resourcesOfType(
    template,
    resolve,
    ["AWS::Scheduler::ScheduleGroup"],
    scheduleGroupProperties,
  );
  const topics = resourcesOfType(template, resolve, ["AWS::SNS::Topic"], topicProperties);
  try {
    return new Map<string, PhysicalResource>(
      await Promise.all<readonly [string, PhysicalResource]>([
        ...groups.map(async ({ logicalId, properties }) => {
          const name = physicalName(stackName, logicalId, properties.Name);
          const Arn = await createGroup(scheduler, name);
          return [logicalId, { ref: name, attributes: { Arn } }] as const;
        }),
        ...topics.map(async ({ logicalId, properties }) => {
          const name = physicalName(stackName, logicalId, properties.TopicName);
          // A topic that exists is answered like a new one.
          const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: name }));
          const attributes = { TopicArn, TopicName: name };
          return [logicalId, { ref: TopicArn, attributes }] as const;
        }),
      ]),
    );
  } finally {
    scheduler.destroy();
    sns.destroy();
  }
}

async function createGroup(scheduler: SchedulerClient, name: string): Promise<string> {
  try {
    const made = await scheduler.send(new CreateScheduleGroupCommand({ Name: name }));
    return made.ScheduleGroupArn ?? "";
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ConflictException") {
      throw error;
    }
    // The endpoint outlives the environment: it may be there from the last time.
    return (await scheduler.send(new GetScheduleGroupCommand({ Name: name }))).Arn ?? "";
  }
}
