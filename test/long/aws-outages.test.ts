import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { startSystem, type System } from "../support/system";
import { addAccount } from "../support/system-steps";

jest.setTimeout(120_000);

const OUTAGE_MILLISECONDS = 3_000;
const guest = "guest@example.net";
const people = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `person-${String(from + index)}@example.org`);

/** On the whole system, what `npm run outages` plays in one process: with SQS, DynamoDB and S3 themselves. */
describe("a mirror while AWS refuses everything of a service", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ environmentOverrides: { TUNING_CHUNK_PROFILES: "10" } });
  });
  afterEach(() => {
    system.laptop.environment.faults.set({});
  });
  afterAll(() => system.close());

  it.each(["dynamodb", "s3"] as const)("waits until %s is back", async (service) => {
    const { apiKey, listId } = addAccount(system, `Out${service.slice(0, 3)}`);
    const connectionId = await system.createConnection({ apiKey });
    const put = (emails: readonly string[]): Promise<void> =>
      system.putSegment(service, { "1.csv": `Email\n${emails.join("\n")}\n` });
    await put(people(1, 40));
    const exportId = await system.createExport(connectionId, {
      ...{ listId, segments: [service], syncMode: "mirror" },
    });
    const account = system.laptop.klaviyo
      .accounts()
      .find(({ lists }) => lists.some(({ id }) => id === listId));
    system.laptop.klaviyo.seedProfiles(account!.id, [guest], listId);
    await system.run(exportId);
    await put(people(6, 45));
    const { runId } = await system.startRun(exportId);
    system.laptop.environment.faults.set({
      rules: [{ kind: "outage", service, milliseconds: OUTAGE_MILLISECONDS }],
    });
    await new Promise((resolve) => setTimeout(resolve, OUTAGE_MILLISECONDS));
    const run = await system.ended(runId);
    expect(run).toMatchObject({ status: "successful", removals: { leaving: 5, removed: 5 } });
    expect(system.members(listId)).toEqual([...people(6, 45), guest].sort());
  });
});
