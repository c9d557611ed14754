import type { ServiceTimes } from "./simulation/service-times";
import { stepSeconds } from "./measures/growth";
import type { WholeRun } from "./whole-run";

/** Service times for the simulation, from the largest run that was measured; undefined without one. */
export function serviceTimesOf(runs: readonly WholeRun[]): ServiceTimes | undefined {
  const sorted = [...runs].sort((one, other) => one.profiles - other.profiles);
  const [smallest] = sorted;
  const largest = sorted.at(-1);
  if (smallest === undefined || largest === undefined) return undefined;
  const used = (logicalId: RegExp): { invocations: number; seconds: number } => {
    const found = Object.entries(largest.usage.functions).filter(([id]) => logicalId.test(id));
    return {
      invocations: found.reduce((sum, [, { invocations }]) => sum + invocations, 0),
      seconds: stepSeconds(largest, logicalId),
    };
  };
  const line = (logicalId: RegExp): { fixed: number; perMillion: number } => {
    const [least, most] = [stepSeconds(smallest, logicalId), stepSeconds(largest, logicalId)];
    const millions = (largest.profiles - smallest.profiles) / 1e6;
    const perMillion = millions === 0 ? most / (largest.profiles / 1e6) : (most - least) / millions;
    return { fixed: millions === 0 ? 0 : least, perMillion: Math.max(0, perMillion) };
  };
  const prepare = line(/^PrepareRun/);
  const settle = line(/^SettleRun/);
  const confirm = used(/^ConfirmRun/);
  return {
    prepareFixedSeconds: prepare.fixed,
    prepareSecondsPerMillion: prepare.perMillion,
    settleFixedSeconds: settle.fixed,
    settleSecondsPerMillion: settle.perMillion,
    confirmSeconds: confirm.invocations === 0 ? 0 : confirm.seconds / confirm.invocations,
    // Not to be told apart from waiting for a slot; a post of some megabytes and two writes.
    pushSeconds: 0.2,
  };
}
