import { beforeAll, expect, test } from "@jest/globals";
import { idleRound } from "../../bench/cost/idle-month";
import { usedBetween } from "../../bench/cost/usage";
import { sharedScheduledSystem, type ScheduledSystem } from "../../support/scheduled-system";

let scheduled: ScheduledSystem;
beforeAll(async () => {
  scheduled = await sharedScheduledSystem();
});

test("a round of the watch with nothing to do takes no more than the price of an idle month says", async () => {
  const { environment } = scheduled.system.laptop;
  // The first makes what the function works with.
  await scheduled.watch();
  const before = environment.statistics();
  await scheduled.watch();
  const used = usedBetween(before, environment.statistics());
  const requests = Object.entries(used.requests).flatMap(([service, actions]) =>
    Object.entries(actions)
      .filter(([, { requests: made }]) => made > 0)
      .map(([action, { requests: made }]) => [service, action, made]),
  );
  expect(requests.filter(([service]) => service !== "dynamodb")).toEqual([
    ["sqs", "ReceiveMessage", idleRound.sqsRequests],
  ]);
  const units = Object.values(used.capacities);
  expect(units.reduce((sum, { writeUnits }) => sum + writeUnits, 0)).toBe(0);
  expect(units.reduce((sum, { readUnits }) => sum + readUnits, 0)).toBeLessThanOrEqual(
    idleRound.readUnits,
  );
  const [, watch] =
    Object.entries(used.functions).find(([logicalId]) => logicalId.startsWith("WatchRuns")) ?? [];
  expect(watch).toMatchObject({ invocations: 1, logBytes: idleRound.logBytes });
});
