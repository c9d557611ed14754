import { setTimeout as sleep } from "node:timers/promises";
import type { EnvironmentStatistics } from "../../infra/local/environment";
import { GENERATED_EMAIL_FIELD, generatedSegment } from "../../infra/local/generated-segment";
import { startMeasuredSystem, type MeasuredSystem } from "../support/system";
import { announced, endedRun } from "./await-end";
import { usedBetween } from "./cost/usage";
import { processorSeconds, readProcesses, type ProcessorSeconds } from "./processes";

/** One run on a system of its own, from its start to its end. */
export interface WholeRun {
  readonly profiles: number;
  readonly status: string;
  /** From the request to the end, as the run itself says. */
  readonly seconds: number;
  readonly jobs: number;
  /** From the first to the last job that Klaviyo took. */
  readonly pushingSeconds: number;
  readonly throttled: number;
  readonly usage: EnvironmentStatistics;
  /** Bytes posted to Klaviyo. */
  readonly sentBytes: number;
  readonly processors: ProcessorSeconds;
  /** By function that ran: its name in the catalogue's style, the peak of its processes and its setting, MB. */
  readonly memory: readonly {
    readonly name: string;
    readonly peak: number;
    readonly setting: number;
  }[];
  /** Event sources, alarms and dashboards of the stack. */
  readonly resources: Readonly<Record<string, number>>;
}

/** More rows go into several files: so that none is too large for one request to the embedded S3. */
const ROWS_A_FILE = 1_000_000;

/** Of the run that warms the functions. One job of Klaviyo's, so that the measured run has the limits to itself. */
const WARMING_PROFILES = 1_000;

/**
 * @param functions `cold`: none has been started before but those that made the export. `warm`: a small run of another
 * export has been through all of them.
 */
export async function measureWholeRun(
  profiles: number,
  functions: "cold" | "warm" = "cold",
): Promise<WholeRun> {
  const system = await startMeasuredSystem();
  try {
    const { klaviyo, environment } = system.laptop;
    const connectionId = await system.createConnection({ profileLimit: 100_000_000 });
    const { exportId, listId } = await prepareExport(system, connectionId, "bench", profiles);
    if (functions === "warm") await warm(system, connectionId);
    await klaviyo.resetStatistics();
    const before = environment.statistics();
    const processorsBefore = await processorsOf(klaviyo);
    const { runId } = await system.startRun(exportId);

    await announced(system, runId);
    // The last function finishes, and its message is deleted.
    await sleep(1_000);
    const usage = usedBetween(before, environment.statistics());
    const processors = await processorsOf(klaviyo);
    const statistics = await klaviyo.statistics();
    const run = await endedRun(system, runId);
    const posted = (await klaviyo.jobs())
      .filter((job) => job.listId === listId)
      .map(({ createdAt }) => createdAt);
    return {
      profiles,
      status: run.status,
      seconds: run.seconds,
      jobs: posted.length,
      pushingSeconds:
        posted.length === 0
          ? 0
          : (posted.reduce((a, b) => Math.max(a, b)) - posted.reduce((a, b) => Math.min(a, b))) /
            1_000,
      throttled: statistics.throttled,
      usage,
      sentBytes: statistics.bytesReceived,
      processors: {
        functions: processors.functions - processorsBefore.functions,
        environment: processors.environment - processorsBefore.environment,
        simulator: processors.simulator - processorsBefore.simulator,
      },
      memory: memoryOf(system, usage),
      resources: countByType(system),
    };
  } finally {
    await system.close();
  }
}

/** Takes a small run to its end, and lets Klaviyo's second pass. */
async function warm(system: MeasuredSystem, connectionId: string): Promise<void> {
  const { exportId } = await prepareExport(system, connectionId, "warming", WARMING_PROFILES);
  const { runId } = await system.startRun(exportId);
  await announced(system, runId);
  await sleep(1_500);
}

/** @param name of the segment and of the list. */
async function prepareExport(
  system: MeasuredSystem,
  connectionId: string,
  name: string,
  profiles: number,
): Promise<{ exportId: string; listId: string }> {
  const { klaviyo } = system.laptop;
  for (let part = 0; part * ROWS_A_FILE < profiles; part += 1) {
    const pieces: Buffer[] = [];
    const rows = Math.min(ROWS_A_FILE, profiles - part * ROWS_A_FILE);
    for await (const piece of generatedSegment({ profiles: rows, seed: part + 1 })) {
      pieces.push(Buffer.from(piece));
    }
    const file = `members-${String(part + 1).padStart(3, "0")}.csv`;
    await system.putSegment(name, { [file]: Buffer.concat(pieces) });
  }
  const { id: listId } = await klaviyo.createList(klaviyo.first.accountId, { name });
  const exportId = await system.createExport(connectionId, {
    segments: [name],
    mapping: { email: GENERATED_EMAIL_FIELD },
    listId,
  });
  return { exportId, listId };
}

/** The simulator tells its own; the rest of the tree is read off the machine. */
async function processorsOf(
  klaviyo: MeasuredSystem["laptop"]["klaviyo"],
): Promise<ProcessorSeconds> {
  const { pid, processorSeconds: simulator } = await klaviyo.process();
  return { ...processorSeconds(readProcesses(), process.pid, pid), simulator };
}

function memoryOf(system: MeasuredSystem, usage: EnvironmentStatistics): WholeRun["memory"] {
  return system.laptop.environment.functions.functions().flatMap((definition) => {
    const used = usage.functions[definition.logicalId];
    return used === undefined || used.invocations === 0
      ? []
      : [
          {
            name: definition.name.replace(/^segment-export-local-/, ""),
            peak: used.peakMemoryMegabytes,
            setting: definition.memoryMegabytes,
          },
        ];
  });
}

function countByType(system: MeasuredSystem): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of system.laptop.environment.resources.list()) {
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}
