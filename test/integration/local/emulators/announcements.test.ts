import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { createFront } from "../../../../infra/local/front/front";
import {
  createAnnouncements,
  type Announcements,
} from "../../../../infra/local/emulators/announcements";
import { startEventBridge } from "../../../../infra/local/emulators/event-bridge";
import { startSns } from "../../../../infra/local/emulators/sns";
import { clientConfiguration } from "../../../../infra/local/provisioning/aws-clients";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { createAnnouncer } from "../../../../shared/adapters/aws/announcer";
import { runEndedEvent } from "../../../../shared/domain/runs/run-ended-event";
import type { Announcer } from "../../../../shared/ports";
import { anInstant, aRun } from "../../../support/builders";

const topicArn = "arn:aws:sns:us-east-1:000000000000:alerts";
const ended = runEndedEvent("test", aRun({ status: "successful", endedAt: anInstant }));

let announcements: Announcements;
let events: EventBridgeClient;
let sns: SNSClient;
let announcer: Announcer;
let close: () => Promise<void>;

beforeEach(async () => {
  announcements = createAnnouncements();
  const counter = createRequestCounter();
  const servers = await Promise.all([
    startEventBridge(announcements, counter, createFront()),
    startSns(announcements, counter, createFront()),
  ]);
  events = new EventBridgeClient(clientConfiguration(servers[0].url));
  sns = new SNSClient(clientConfiguration(servers[1].url));
  announcer = createAnnouncer({ events, sns }, { eventBusName: "default", topicArn });
  close = async () => {
    events.destroy();
    sns.destroy();
    await Promise.all(servers.map((server) => server.close()));
  };
});
afterEach(() => close());

describe("the announcer", () => {
  test("puts a run's end on the bus", async () => {
    await announcer.publish(ended);

    expect(announcements.events).toEqual([
      { bus: "default", source: "klaviyo-segment-export", detailType: "Run Ended", detail: ended },
    ]);
  });

  test("publishes a mail to the topic, whatever letters are in its body", async () => {
    await announcer.mail({ subject: "Segment export (test) failed: 1", body: "“Été” & <b>\n=1+1" });

    expect(announcements.mails).toEqual([
      { topicArn, subject: "Segment export (test) failed: 1", message: "“Été” & <b>\n=1+1" },
    ]);
  });

  test("says so when the bus or the topic do not take it", async () => {
    const refusing = createAnnouncer(
      { events, sns },
      { eventBusName: "default", topicArn: "none" },
    );

    await expect(refusing.mail({ subject: "Subject", body: "Body" })).rejects.toMatchObject({
      name: "AwsFailure",
      operation: "Publish",
    });
    await expect(announcer.mail({ subject: "two\nlines", body: "Body" })).rejects.toMatchObject({
      name: "AwsFailure",
    });
    expect(announcements).toEqual({ events: [], mails: [] });
  });
});

describe("EventBridge and SNS on this machine", () => {
  test("refuse what the services refuse", async () => {
    const { Entries, FailedEntryCount } = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: "a", DetailType: "b", Detail: "{" },
          { Source: "a", Detail: "{}" },
          { Source: "a", DetailType: "b", Detail: "{}" },
        ],
      }),
    );
    expect([FailedEntryCount, Entries?.map(({ ErrorCode }) => ErrorCode)]).toEqual([
      2,
      ["MalformedDetail", "InvalidArgument", undefined],
    ]);
    await expect(events.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    await expect(
      sns.send(new PublishCommand({ TopicArn: topicArn, Message: "" })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});
