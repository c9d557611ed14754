import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { eventually } from "../integration/local/eventually";
import { startSystem, type System } from "../support/system";

jest.setTimeout(120_000);

const TEN_MINUTES = 600_000;
/** Rounds of a confirmation that waits for ten minutes: each pause is a tenth of the time waited, 1 s to 30 s. */
const ROUNDS = 56;

let ahead = 0;
let system: System;
beforeAll(async () => {
  system = await startSystem({
    klaviyo: {
      now: () => Date.now() + ahead,
      processingTime: { queued: TEN_MINUTES, fixed: 0, perProfile: 0 },
    },
    messageDelayFactor: 0.02,
  });
});
afterAll(() => system.close());

it("a run whose Klaviyo jobs take ten minutes is confirmed after as many rounds as that takes", async () => {
  const { environment } = system.laptop;
  const emails = ["ann@example.org", "bob@example.org"];
  await system.putSegment("customers", { "1.csv": `Email\n${emails.join("\n")}\n` });
  const exportId = await system.createExport(await system.createConnection());
  const { runId } = await system.startRun(exportId);
  const { logicalId } = environment.functions
    .functions()
    .find(({ name }) => name.endsWith("confirm-run"))!;
  await eventually(
    () => (environment.functions.statistics()[logicalId]?.invocations ?? 0) >= ROUNDS,
    90_000,
  );
  ahead = TEN_MINUTES;
  expect(await system.ended(runId)).toMatchObject({
    status: "successful",
    numbers: { members: 2, imported: 2, unsent: 0 },
  });
  expect(system.members()).toEqual(emails);
});
