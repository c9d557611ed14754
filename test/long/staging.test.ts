import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { startChaosSystem, type ChaosSystem } from "../chaos/chaos-system";
import { eventually } from "../integration/local/eventually";
import type { RunAnswer } from "../support/system";

jest.setTimeout(120_000);

let system: ChaosSystem;
beforeAll(async () => {
  system = await startChaosSystem();
});
afterAll(() => system.close());

/** Enough for several series of ten chunks, each of as many as the system puts into one. */
const people = Array.from({ length: 250 }, (_, number) => `p${String(number)}@example.org`);
const csv = (emails: readonly string[]): string => `Email\n${emails.join("\n")}\n`;

/** A run whose worker is killed when some of its chunks are staged, and `meanwhile` before another takes over. */
async function interrupted(
  segment: string,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<{ run: RunAnswer; list: readonly string[] }> {
  const { klaviyo, environment } = system.laptop;
  await system.putSegment(segment, { "1.csv": csv(people) });
  const { id: listId } = klaviyo.createList(klaviyo.first.accountId, { name: segment });
  const connectionId = await system.createConnection();
  const exportId = await system.createExport(connectionId, { segments: [segment], listId });
  const { runId } = await system.startRun(exportId);
  await eventually(async () => {
    const { body } = await system.call<RunAnswer>("GET", `/runs/${runId}`);
    return body.phase === "pushing";
  });
  // A worker of an earlier message may still be there.
  expect(environment.functions.kill(system.functionNamed("prepare-run"))).toBeGreaterThan(0);
  await meanwhile();
  return { run: await system.ended(runId), list: system.members(listId) };
}

describe("a worker that is killed while it stages a run's chunks", () => {
  it("leaves the others to the next worker", async () => {
    const { run, list } = await interrupted("left");
    expect(run).toMatchObject({
      status: "successful",
      numbers: { members: 250, imported: 250, unsent: 0 },
    });
    expect(list).toEqual([...people].sort());
  });

  it("leaves them unsent when the segment is another by then, and the run says so", async () => {
    const { run, list } = await interrupted("replaced", () =>
      system.putSegment("replaced", { "1.csv": csv(people.toReversed()) }),
    );
    expect(run).toMatchObject({ status: "failed", problem: { code: "stagingInterrupted" } });
    const { imported, unsent } = run.numbers;
    expect(imported + unsent).toBe(250);
    expect(unsent).toBeGreaterThan(0);
    expect(list).toEqual(people.slice(0, imported).sort());
  });
});
