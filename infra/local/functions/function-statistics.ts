/** What a function has used since it was made known. */
export interface FunctionStatistics {
  readonly invocations: number;
  /** Invocations that failed, time-outs and crashes included. */
  readonly errors: number;
  readonly timeouts: number;
  readonly coldStarts: number;
  /** Rounded up to the millisecond for each invocation; loading counts, as Lambda bills it. */
  readonly billedMilliseconds: number;
  /** Billed seconds times the memory setting: what Lambda charges. */
  readonly gigabyteSeconds: number;
  /** Highest resident memory of a process, in MB; 0 before the first invocation ended. */
  readonly peakMemoryMegabytes: number;
}

export const noStatistics: FunctionStatistics = {
  invocations: 0,
  errors: 0,
  timeouts: 0,
  coldStarts: 0,
  billedMilliseconds: 0,
  gigabyteSeconds: 0,
  peakMemoryMegabytes: 0,
};

export interface MeasuredInvocation {
  readonly failed: boolean;
  readonly timedOut: boolean;
  readonly milliseconds: number;
  readonly memoryMegabytes: number;
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
    peakMemoryMegabytes: Math.max(before.peakMemoryMegabytes, invocation.peakKilobytes / 1024),
  };
}
