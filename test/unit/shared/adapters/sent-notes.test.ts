import { describe, expect, it } from "@jest/globals";
import { createSentNotes } from "../../../../shared/adapters/aws/dynamodb/runs/sent-notes";
import type { RunChange } from "../../../../shared/domain/runs/lifecycle/run-transitions";

const start = Date.parse("2026-11-02T08:00:00.000Z");
const at = (milliseconds: number): Date => new Date(start + milliseconds);

/** What one worker writes of how far a run has come: profiles, by the write. */
function aSituation() {
  const written: (number | undefined)[] = [];
  const notes = createSentNotes({
    changeRun: async (_runId, change: RunChange) => {
      written.push(change.effects.add?.sentProfiles);
      return true;
    },
  });
  const claim = (...chunks: readonly number[]) => {
    chunks.forEach((chunk) => notes.claimed("run-1", chunk, at(60_000)));
  };
  const sent = (chunk: number, milliseconds: number, profiles = 10) =>
    notes.sent("run-1", chunk, { profiles, at: at(milliseconds) });
  return { notes, written, claim, sent };
}

describe("how far a run's sending has come", () => {
  it("is written down with each chunk of a worker that sends one after the other", async () => {
    const { written, claim, sent } = aSituation();
    for (const chunk of [1, 2, 3]) {
      claim(chunk);
      await sent(chunk, 100 * chunk);
    }
    expect(written).toEqual([10, 10, 10]);
  });

  it("is written down once a second by a worker that sends several, and with the last of them", async () => {
    const { written, claim, sent } = aSituation();
    claim(...Array.from({ length: 16 }, (_, index) => index + 1));
    for (let chunk = 1; chunk <= 16; chunk += 1) {
      await sent(chunk, 100 * chunk);
    }
    expect(written).toEqual([10, 100, 50]);
  });

  it("is written down when the last chunk turns out not to be sent", async () => {
    const { notes, written, claim, sent } = aSituation();
    claim(1, 2, 3);
    await sent(1, 0);
    await sent(2, 100);
    expect(written).toEqual([10]);
    await notes.left("run-1", 3);
    expect(written).toEqual([10, 10]);
    await notes.left("run-1", 3);
    expect(written).toEqual([10, 10]);
  });

  it("does not wait for a chunk whose claim is over", async () => {
    const { notes, written, claim, sent } = aSituation();
    notes.claimed("run-1", 1, at(500));
    claim(2, 3);
    await sent(2, 100);
    await sent(3, 600);
    expect(written).toEqual([10, 10]);
  });

  it("is that of each run by itself, and keeps the newest marks", async () => {
    const marks: unknown[] = [];
    const notes = createSentNotes({
      changeRun: async (runId, change: RunChange) => {
        marks.push([runId, change.effects.set?.marks]);
        return true;
      },
    });
    const mark = { at: at(0).toISOString(), sent: 1, confirmed: 0 };
    for (const [runId, chunk] of [
      ["run-1", 1],
      ["run-1", 2],
      ["run-1", 3],
      ["run-2", 1],
    ] as const) {
      notes.claimed(runId, chunk, at(60_000));
    }
    await notes.sent("run-1", 1, { profiles: 1, at: at(0) });
    await notes.sent("run-1", 2, { profiles: 1, marks: [mark], at: at(10) });
    await notes.sent("run-2", 1, { profiles: 1, at: at(20) });
    await notes.sent("run-1", 3, { profiles: 1, at: at(30) });
    expect(marks).toEqual([
      ["run-1", undefined],
      ["run-2", undefined],
      ["run-1", [mark]],
    ]);
  });
});
