import * as z from "zod";

/** What a function has used since it was made known. */
export interface FunctionStatistics {
  readonly invocations: number;
  /** Invocations that failed, time-outs and crashes included. */
  readonly errors: number;
  readonly timeouts: number;
  /** Times that Lambda did not start it because too much was running: the metric `Throttles`. */
  readonly throttles: number;
  readonly coldStarts: number;
  /** Rounded up to the millisecond for each invocation; loading counts, as Lambda bills it. */
  readonly billedMilliseconds: number;
  /** Billed seconds times the memory setting: what Lambda charges. */
  readonly gigabyteSeconds: number;
  /** GB-seconds of disk under /tmp above the 512 MB that Lambda does not charge for. */
  readonly storageGigabyteSeconds: number;
  /** Bytes of the lines that the function logged, as CloudWatch Logs ingests them. */
  readonly logBytes: number;
  /** The CloudWatch metrics that its log lines hold measurements of, each by its name and dimensions. */
  readonly metrics: readonly string[];
  /** Highest resident memory of a process, in MB; 0 before the first invocation ended. */
  readonly peakMemoryMegabytes: number;
}

export const noStatistics: FunctionStatistics = {
  invocations: 0,
  errors: 0,
  timeouts: 0,
  throttles: 0,
  coldStarts: 0,
  billedMilliseconds: 0,
  gigabyteSeconds: 0,
  storageGigabyteSeconds: 0,
  logBytes: 0,
  metrics: [],
  peakMemoryMegabytes: 0,
};

/** Lambda's pricing page, "Ephemeral storage". */
const freeStorageMegabytes = 512;

/** What CloudWatch Logs adds to each log event's own bytes (CloudWatch's pricing page). */
const LOG_EVENT_BYTES = 26;

export function withLogLine(before: FunctionStatistics, text: string): FunctionStatistics {
  return {
    ...before,
    logBytes: before.logBytes + Buffer.byteLength(text) + LOG_EVENT_BYTES,
    metrics: [...new Set([...before.metrics, ...metricsOf(text)])],
  };
}

/** The part of the embedded metric format (CloudWatch's user guide) that says which fields are measurements. */
const measurementsSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

function metricsOf(line: string): string[] {
  if (!line.includes('"CloudWatchMetrics"')) {
    return [];
  }
  const { _aws, ...fields } = measurementsSchema.parse(JSON.parse(line));
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((names) =>
        JSON.stringify([Namespace, Name, ...names.map((name) => [name, fields[name]])]),
      ),
    ),
  );
}

export interface MeasuredInvocation {
  readonly failed: boolean;
  readonly timedOut: boolean;
  readonly milliseconds: number;
  readonly memoryMegabytes: number;
  readonly storageMegabytes: number;
  readonly peakKilobytes: number;
}

export function withInvocation(
  before: FunctionStatistics,
  invocation: MeasuredInvocation,
): FunctionStatistics {
  const billed = Math.ceil(invocation.milliseconds);
  return {
    ...before,
    invocations: before.invocations + 1,
    errors: before.errors + Number(invocation.failed),
    timeouts: before.timeouts + Number(invocation.timedOut),
    billedMilliseconds: before.billedMilliseconds + billed,
    gigabyteSeconds: before.gigabyteSeconds + (billed / 1000) * (invocation.memoryMegabytes / 1024),
    storageGigabyteSeconds:
      before.storageGigabyteSeconds +
      (billed / 1000) * (Math.max(0, invocation.storageMegabytes - freeStorageMegabytes) / 1024),
    peakMemoryMegabytes: Math.max(before.peakMemoryMegabytes, invocation.peakKilobytes / 1024),
  };
}
