import { describe, expect, it } from "@jest/globals";
import { overdueBy } from "../../../../infra/console/screens/run/phases/expected-length";
import {
  phaseNow,
  timelineOf,
} from "../../../../infra/console/screens/run/phases/phase-timeline-bars";
import { noRemovals } from "../../../../shared/domain/runs/run";

const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 8, 0, second)).toISOString();

describe("the timeline of a run", () => {
  it("lays phases on one axis, of which those that overlap share a part", () => {
    const bars = timelineOf(
      [
        { phase: "queued", from: at(0), until: at(10) },
        { phase: "pushing", from: at(10), until: at(30) },
        { phase: "confirming", from: at(20), until: at(40) },
      ],
      new Date(at(59)),
    );
    expect(bars.map(({ start, length, seconds }) => [start, length, seconds])).toEqual([
      [0, 0.25, 10],
      [0.25, 0.5, 20],
      [0.5, 0.5, 20],
    ]);
  });

  it("has the phase that is going last until now", () => {
    const bars = timelineOf(
      [
        { phase: "queued", from: at(0), until: at(10) },
        { phase: "preparing", from: at(10) },
      ],
      new Date(at(20)),
    );
    expect(bars.at(-1)).toMatchObject({ start: 0.5, length: 0.5, seconds: 10 });
  });

  it("lets nothing end before it began, where clocks differ", () => {
    const [bar] = timelineOf([{ phase: "queued", from: at(10) }], new Date(at(5)));
    expect(bar).toMatchObject({ start: 0, length: 0, seconds: 0 });
  });

  it("is empty for a run that has come to no phase", () => {
    expect(timelineOf([], new Date(at(0)))).toEqual([]);
  });
});

describe("what a run is at", () => {
  const phases = [
    { phase: "queued" as const, from: at(0), until: at(1) },
    { phase: "pushing" as const, from: at(1) },
    { phase: "confirming" as const, from: at(2) },
  ];

  it("is the first phase that has not ended", () => {
    expect(phaseNow({ status: "running", phases })).toBe("pushing");
  });

  it("is nothing once the run has ended", () => {
    expect(phaseNow({ status: "failed", phases })).toBeUndefined();
  });
});

describe("a run that takes longer than expected", () => {
  const run: Parameters<typeof overdueBy>[0] = {
    status: "running",
    phases: [{ phase: "pushing", from: at(0) }],
    progress: { chunks: 11, settledChunks: 0, percent: 0, profiles: null },
    removals: noRemovals,
  };
  const after = (seconds: number) => new Date(Date.parse(at(0)) + seconds * 1_000);

  it("is one that takes a minute and twice as long as Klaviyo's limits make it", () => {
    expect(overdueBy(run, after(60))).toBeUndefined();
    expect(overdueBy(run, after(70))).toEqual({ leastSeconds: 2, takenSeconds: 70 });
  });

  it("is expected to take longer when it has many chunks", () => {
    const long = { ...run, progress: { ...run.progress, chunks: 1_000 } };
    expect(overdueBy(long, after(300))).toBeUndefined();
  });

  it("is none that has ended, or has nothing to send yet", () => {
    expect(overdueBy({ ...run, status: "successful" }, after(900))).toBeUndefined();
    expect(
      overdueBy({ ...run, phases: [{ phase: "preparing", from: at(0) }] }, after(900)),
    ).toBeUndefined();
  });
});
