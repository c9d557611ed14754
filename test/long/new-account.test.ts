import { setTimeout as delay } from "node:timers/promises";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { awsAccounts } from "../../infra/aws-account";
import { ApiError, createApiClient } from "../../infra/client/client";
import { startSystem, type System } from "../support/system";
import { addAccount, csv } from "../support/system-steps";

jest.setTimeout(600_000);

const EXPORTS = 4;
const ROWS = 40;
const CALLERS = 10;
/** Of each of DynamoDB's answers, so that executions take up time and not this machine. */
const SLOWNESS_MILLISECONDS = 200;

let system: System;
beforeAll(async () => {
  system = await startSystem({
    accountConcurrency: awsAccounts.new.concurrency,
    environmentOverrides: { TUNING_CHUNK_PROFILES: "10" },
  });
});
afterAll(() => system.close());

/** Makes a call as a person does who is told to try again: what is throttled, and what this machine is too slow for. */
async function persistently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || !("status" in error.failure)) throw error;
      if (error.failure.status < 500) throw error;
      await delay(500);
    }
  }
}

it("a new account, whose executions runs and callers use up: every run ends right, and no message is given up", async () => {
  const { environment, klaviyo } = system.laptop;
  const exports = [];
  for (let index = 0; index < EXPORTS; index += 1) {
    const { apiKey, listId } = addAccount(system, `Acc${String(index)}`);
    const segment = `segment-${String(index)}`;
    await system.putSegment(segment, { "1.csv": csv(ROWS, segment) });
    const connectionId = await system.createConnection({ apiKey });
    const exportId = await system.createExport(connectionId, { listId, segments: [segment] });
    exports.push({ exportId, listId });
  }
  const api = createApiClient({
    url: environment.apiUrl,
    token: () => environment.tokens.administrator,
  });

  environment.faults.set({
    rules: [
      {
        ...{ kind: "slow", service: "dynamodb", rate: 1 },
        ...{ leastMilliseconds: SLOWNESS_MILLISECONDS, mostMilliseconds: SLOWNESS_MILLISECONDS },
      },
    ],
  });
  let going = true;
  const callers = Array.from({ length: CALLERS }, async () => {
    while (going) await persistently(() => api.viewSchedule());
  });
  const ended = await Promise.all(
    exports.map(async ({ exportId }) => {
      const start = { path: { exportId }, body: {}, idempotencyKey: exportId };
      return endOf((await persistently(() => api.startRun(start))).runId);
    }),
  ).finally(() => {
    going = false;
  });
  await Promise.all(callers);

  expect(ended.map(({ status }) => status)).toEqual(exports.map(() => "successful"));
  for (const { listId } of exports) {
    expect([...klaviyo.members(listId)]).toHaveLength(ROWS);
  }
  const { functions } = environment.statistics();
  const throttled = environment.functions
    .functions()
    .filter(({ logicalId }) => (functions[logicalId]?.throttles ?? 0) > 0)
    .map(({ name }) => name);
  expect(throttled).toContainEqual(expect.stringMatching(/-schedules-api$/));
  expect(throttled).toContainEqual(expect.not.stringMatching(/-api$/));
  expect(await deadLetters()).toBe(0);

  async function endOf(runId: string) {
    for (;;) {
      const run = await persistently(() => api.viewRun({ path: { runId } }));
      if (run.status !== "queued" && run.status !== "running") return run;
      await delay(250);
    }
  }
});

/** Messages that were ever given up: those that wait, and those that were settled. */
async function deadLetters(): Promise<number> {
  const { resources, functions } = system.laptop.environment;
  const { ref: QueueUrl } = resources.find("AWS::SQS::Queue", "DeadLetters/Queue");
  const { Attributes = {} } = await system.clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  const settled = functions.logs.lines().filter(({ text }) => text.includes('"deadLetter"'));
  return Number(Attributes["ApproximateNumberOfMessages"]) + settled.length;
}
