import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runEndedEventSchema } from "../../../shared/domain/runs/run-ended-event";
import {
  eventually,
  sharedScheduledSystem,
  type ScheduledSystem,
} from "../../support/scheduled-system";

const personal = "jane.doe@example.com";

let scheduled: ScheduledSystem;
beforeAll(async () => {
  scheduled = await sharedScheduledSystem();
});

describe("an export that fails several times and then recovers", () => {
  let exportId: string;
  // The parts after this one move the clock.
  afterAll(() =>
    scheduled.system.call("PUT", `/exports/${exportId}/schedule`, { body: { mode: "off" } }),
  );

  test("sends one mail for the failure and one for the recovery, and an event for every run", async () => {
    const { system } = scheduled;
    const { announcements } = system.laptop.environment;
    await system.putSegment("customers", { "a.csv": `Name\n${personal}\n` });
    exportId = await system.createExport(await system.createConnection(), {
      displayName: "Newsletter",
    });

    // The mapped field is not there: three runs fail in the same way, and the watchdog looks often.
    const failed = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      failed.push(await system.run(exportId));
      await scheduled.watch();
      await scheduled.watch();
    }
    expect(failed.map(({ status, problem }) => [status, problem?.code])).toEqual(
      Array.from({ length: 3 }, () => ["failed", "fieldMissing"]),
    );
    await system.putSegment("customers", { "a.csv": `Email\n${personal}\n` });
    const well = [await system.run(exportId), await system.run(exportId)];
    await eventually(() => announcements.events.length === 5);
    await scheduled.watch();

    expect(announcements.mails.map(({ subject }) => subject)).toEqual([
      `Segment export (local) failed: ${exportId}`,
      `Segment export (local) recovered: ${exportId}`,
    ]);
    const [failure, recovery] = announcements.mails;
    expect(failure?.message).toContain(failed[0]?.problem?.message);
    expect(recovery?.message).toContain(well[0]?.runId);
    expect(failure?.topicArn).toBe(system.laptop.environment.resources.outputs["AlertTopicArn"]);

    expect(announcements.events.map(({ detail }) => runEndedEventSchema.parse(detail))).toEqual(
      [...failed, ...well].map(({ runId, status, numbers }) =>
        expect.objectContaining({ version: 1, stage: "local", runId, exportId, status, numbers }),
      ),
    );
    expect(announcements.events[0]).toMatchObject({
      bus: "default",
      source: "klaviyo-segment-export",
      detailType: "Run Ended",
      detail: { trigger: "onDemand", problem: { culprit: "user", code: "fieldMissing" } },
    });
    const told = JSON.stringify(announcements);
    expect(told).not.toContain(personal);
    expect(JSON.stringify(announcements.events)).not.toContain("Administrator");
  });

  test("its runs are measured in the embedded metric format", async () => {
    const readMeasured = () =>
      scheduled.system
        .logLines()
        .filter((line) => line.includes('"CloudWatchMetrics"'))
        .map((line) => JSON.parse(line));
    const endedOf = (lines: ReturnType<typeof readMeasured>) =>
      lines.filter((line) => line.RunsEnded === 1);
    // A run's measurements are written after its event.
    await eventually(() => endedOf(readMeasured()).length >= 5);
    const measured = readMeasured();
    const ended = endedOf(measured);

    expect(ended.map(({ RunsFailed, ProfilesSent }) => [RunsFailed, ProfilesSent])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(ended[0]).toMatchObject({
      service: "local",
      SecondsToFinish: expect.any(Number),
      _aws: { CloudWatchMetrics: [{ Namespace: "KlaviyoSegmentExport" }] },
    });
    expect(measured.filter((line) => line.ImportJobs === 1)).toHaveLength(1);
  });
});
