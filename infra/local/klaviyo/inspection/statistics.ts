import { performance } from "node:perf_hooks";

/** What the simulator has seen since it was started, or since the last reset. */
export interface SimulatorStatistics {
  readonly requests: number;
  /** Operation to status to number of answers; `reset` stands for connections cut by a fault. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Bytes of the bodies that were sent here, those of refused requests too. */
  readonly bytesReceived: number;
  /** Import jobs accepted. */
  readonly importJobs: number;
  /** 429 answers, by real limits and by faults. */
  readonly throttled: number;
  /** Profiles in accepted import jobs. */
  readonly profilesAccepted: number;
  /** Profiles that were named as the reason why a whole job was refused. */
  readonly profilesRefused: number;
  /** Profiles that stood twice in one import job. A careful client sends none. */
  readonly duplicatesInJobs: number;
  /** Kind of fault to how often it struck. */
  readonly faults: Readonly<Record<string, number>>;
  /** Time in which the simulator itself held the event loop: an upper bound of its CPU time. */
  readonly busyMilliseconds: number;
  /** The longest of these spans. */
  readonly longestBusyMilliseconds: number;
}

type Counter =
  | "bytesReceived"
  | "importJobs"
  | "profilesAccepted"
  | "profilesRefused"
  | "duplicatesInJobs";

export interface StatisticsRecorder {
  answered(operation: string, status: number | "reset"): void;
  add(counter: Counter, number: number): void;
  fault(kind: string): void;
  /** Runs a function and counts the time that it takes. */
  busy<T>(work: () => T): T;
  current(): SimulatorStatistics;
  reset(): void;
}

export function createStatistics(): StatisticsRecorder {
  const answers = new Map<string, Map<string, number>>();
  const faults = new Map<string, number>();
  const counters = new Map<Counter, number>();
  let requests = 0;
  let throttled = 0;
  let busyMilliseconds = 0;
  let longestBusyMilliseconds = 0;

  const increase = <Key>(map: Map<Key, number>, key: Key, number = 1): void => {
    map.set(key, (map.get(key) ?? 0) + number);
  };

  return {
    answered(operation, status) {
      requests += 1;
      if (status === 429) throttled += 1;
      const statuses = answers.get(operation) ?? new Map<string, number>();
      answers.set(operation, statuses);
      increase(statuses, String(status));
    },
    add: (counter, number) => increase(counters, counter, number),
    fault: (kind) => increase(faults, kind),
    busy(work) {
      const start = performance.now();
      try {
        return work();
      } finally {
        const span = performance.now() - start;
        busyMilliseconds += span;
        longestBusyMilliseconds = Math.max(longestBusyMilliseconds, span);
      }
    },
    current: () => ({
      requests,
      answers: Object.fromEntries(
        [...answers].map(([operation, statuses]) => [operation, Object.fromEntries(statuses)]),
      ),
      bytesReceived: counters.get("bytesReceived") ?? 0,
      importJobs: counters.get("importJobs") ?? 0,
      throttled,
      profilesAccepted: counters.get("profilesAccepted") ?? 0,
      profilesRefused: counters.get("profilesRefused") ?? 0,
      duplicatesInJobs: counters.get("duplicatesInJobs") ?? 0,
      faults: Object.fromEntries(faults),
      busyMilliseconds,
      longestBusyMilliseconds,
    }),
    reset() {
      answers.clear();
      faults.clear();
      counters.clear();
      requests = 0;
      throttled = 0;
      busyMilliseconds = 0;
      longestBusyMilliseconds = 0;
    },
  };
}
