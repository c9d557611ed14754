import type { EnvironmentStatistics } from "../../../infra/local/environment";
import type { FunctionStatistics } from "../../../infra/local/functions/function-statistics";
import type {
  ActionStatistics,
  RequestStatistics,
  TableCapacities,
} from "../../../infra/local/request-statistics";

/** What a period used: the statistics at its end less those at its beginning. Peaks and metrics are the end's. */
export function usedBetween(
  before: EnvironmentStatistics,
  after: EnvironmentStatistics,
): EnvironmentStatistics {
  return {
    requests: requestsBetween(before.requests, after.requests),
    capacities: capacitiesBetween(before.capacities, after.capacities),
    functions: mapValues(after.functions, (used, name) =>
      functionBetween(before.functions[name], used),
    ),
  };
}

function requestsBetween(before: RequestStatistics, after: RequestStatistics): RequestStatistics {
  return mapValues(after, (actions, service) =>
    mapValues(actions, (now, action): ActionStatistics => {
      const then = before[service]?.[action];
      return {
        requests: now.requests - (then?.requests ?? 0),
        units: now.units - (then?.units ?? 0),
        requestBytes: now.requestBytes - (then?.requestBytes ?? 0),
        responseBytes: now.responseBytes - (then?.responseBytes ?? 0),
      };
    }),
  );
}

function capacitiesBetween(before: TableCapacities, after: TableCapacities): TableCapacities {
  return mapValues(after, ({ readUnits, writeUnits }, table) => ({
    readUnits: readUnits - (before[table]?.readUnits ?? 0),
    writeUnits: writeUnits - (before[table]?.writeUnits ?? 0),
  }));
}

function functionBetween(
  before: FunctionStatistics | undefined,
  after: FunctionStatistics,
): FunctionStatistics {
  if (before === undefined) return after;
  return {
    invocations: after.invocations - before.invocations,
    errors: after.errors - before.errors,
    timeouts: after.timeouts - before.timeouts,
    throttles: after.throttles - before.throttles,
    coldStarts: after.coldStarts - before.coldStarts,
    billedMilliseconds: after.billedMilliseconds - before.billedMilliseconds,
    gigabyteSeconds: after.gigabyteSeconds - before.gigabyteSeconds,
    storageGigabyteSeconds: after.storageGigabyteSeconds - before.storageGigabyteSeconds,
    logBytes: after.logBytes - before.logBytes,
    metrics: after.metrics,
    peakMemoryMegabytes: after.peakMemoryMegabytes,
  };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value, key)]),
  );
}
