import { GetCommand, ScanCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DeleteScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { clientConfiguration } from "../../infra/local/provisioning/aws-clients";
import { createExportStore } from "../../shared/adapters/aws/dynamodb/export-store";
import { readRun, runKey } from "../../shared/adapters/aws/dynamodb/runs/run-items";
import type { Run } from "../../shared/domain/runs/run";
import type { ExportStore } from "../../shared/ports";
import { eventually } from "../integration/local/eventually";
import { manualClock, type ManualClock } from "../integration/local/manual-clock";
import { startSystem, type System } from "./system";

/** The whole system, with a clock for its schedules that stands still until it is moved. */
export interface ScheduledSystem {
  readonly system: System;
  readonly clock: ManualClock;
  readonly scheduler: SchedulerClient;
  readonly exports: ExportStore;
  readonly startQueueUrl: string;
  /** Every run there is. */
  runs(): Promise<Run[]>;
  run(runId: string): Promise<Run | undefined>;
  /** What the watchdog does every minute, at once. */
  watch(): Promise<void>;
  close(): Promise<void>;
}

async function startScheduledSystem(now: string): Promise<ScheduledSystem> {
  const clock = manualClock(Date.parse(now));
  const system = await startSystem({ scheduleClock: clock });
  const { environment } = system.laptop;
  const table = (name: string): string =>
    environment.resources.find("AWS::DynamoDB::Table", name).ref;
  const documents = DynamoDBDocumentClient.from(system.clients.dynamodb);
  const scheduler = new SchedulerClient(clientConfiguration(environment.endpoints.scheduler));
  // It would be due half a million times in a year; tests call it when they need it.
  await scheduler.send(new DeleteScheduleCommand({ Name: "segment-export-local-watch-runs" }));
  return {
    system,
    clock,
    scheduler,
    exports: createExportStore(documents, table("Exports")),
    startQueueUrl: environment.resources.find("AWS::SQS::Queue", "StartQueue/Queue").ref,
    runs: async () => {
      const found: Run[] = [];
      let startKey: Record<string, unknown> | undefined;
      do {
        const answer = await documents.send(
          new ScanCommand({
            TableName: table("Runs"),
            FilterExpression: "#item = :run",
            ExpressionAttributeNames: { "#item": "item" },
            ExpressionAttributeValues: { ":run": "run" },
            ExclusiveStartKey: startKey,
          }),
        );
        found.push(...(answer.Items ?? []).map(readRun));
        startKey = answer.LastEvaluatedKey;
      } while (startKey !== undefined);
      return found;
    },
    run: async (runId) => {
      const { Item: item } = await documents.send(
        new GetCommand({ TableName: table("Runs"), Key: runKey(runId) }),
      );
      return item === undefined ? undefined : readRun(item);
    },
    watch: async () => {
      const { kind } = await environment.functions.invoke("segment-export-local-watch-runs", {});
      if (kind !== "succeeded") {
        throw new Error(`the watchdog ${kind}: ${system.logLines().slice(-5).join("\n")}`);
      }
    },
    close: async () => {
      scheduler.destroy();
      await system.close();
    },
  };
}

let started: Promise<ScheduledSystem> | undefined;

/** The one that all parts of a test file share; its clock is only ever moved forward. */
export function sharedScheduledSystem(): Promise<ScheduledSystem> {
  started ??= startScheduledSystem("2026-01-01T00:00:00Z");
  return started;
}

export async function closeSharedScheduledSystem(): Promise<void> {
  await (await started)?.close();
}

export { eventually };
